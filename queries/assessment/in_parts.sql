-- Những người phải xét lại, chia phần theo nơi giữ chức vụ: mỗi lần chỉ xét ngần ấy người.
create or replace temp table in_part as
with placed as (
    select distinct t.person_id, p.unit_id
    from touched as t
    left join (
        select person_id, min(unit_id) as unit_id
        from posting
        group by person_id
    ) as p on t.person_id = p.person_id
)

select person_id, (row_number() over (order by unit_id, person_id) - 1) // $at_once as part
from placed;
