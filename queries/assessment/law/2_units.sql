-- Đơn vị nào đến ngày nào đã thành đơn vị nào: sáp nhập không sửa hồ sơ mà chỉ đổi đơn vị của những ngày sau đó.
create or replace temp table unit_succession as
with recursive succession (unit_id, now_unit, from_on) as (
    select unit_id, unit_id, date '0001-01-01' from unit
    union all
    select s.unit_id, l.to_unit, l.on_date
    from succession as s
    inner join unit_lineage as l on s.now_unit = l.from_unit and s.from_on < l.on_date
)

select
    unit_id, now_unit, from_on,
    lead(from_on, 1, date '9999-12-31') over (partition by unit_id order by from_on) as to_on
from succession;
