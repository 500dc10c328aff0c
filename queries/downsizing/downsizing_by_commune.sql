-- Mỗi dòng là một xã, thị trấn: biên chế được giao của năm gốc, mức phải giảm ít nhất đến hết kế hoạch (làm tròn lên),
-- chỉ tiêu cộng dồn đến năm đang xem, đã giảm, đã duyệt chờ nghỉ, đang xử lý, đã rời đi tự nhiên, và còn thiếu so với
-- chỉ tiêu (chỉ tiêu trừ số đã giảm). Chỉ tính các năm của kế hoạch: ai nghỉ sau năm cuối không bù cho chỉ tiêu.
with base as (
    select b.*, p.share
    from assigned($as_of, $scope, $communes, (select base_year from plan_of($as_of))) as b
    cross join plan_of($as_of) as p
),

target as (
    select unit_code, any_value(commune) as commune, sum(target) filter (where year <= year($as_of)) as target
    from targets($as_of, $scope, $communes)
    group by unit_code
),

progress as (
    select unit_code, unnest(stage_tally(stage, reduces))
    from cases($as_of, $scope, $communes, $groups, $posts, $search)
    where year between (select first_year from plan_of($as_of)) and (select last_year from plan_of($as_of))
    group by unit_code
),

natural_leaver as (
    select unit_code, count(*) as people
    from leavers($as_of, $scope, $communes, $groups, $posts, $search)
    where
        has_left
        and year between (select first_year from plan_of($as_of)) and (select last_year from plan_of($as_of))
    group by unit_code
),

place as (
    select
        coalesce(b.unit_code, t.unit_code) as unit_code, coalesce(b.commune, t.commune) as commune, b.assigned, b.share,
        coalesce(t.target, 0) as target
    from base as b
    full join target as t on b.unit_code = t.unit_code
)

select
    l.unit_code, l.commune, l.assigned::integer as assigned, ceil(l.assigned * l.share)::integer as ten_percent,
    case when len($groups) + len($posts) = 0 and $search = '' then l.target end::integer as target,
    coalesce(p.done, 0) as done, coalesce(p.approved_waiting, 0) as approved_waiting,
    coalesce(p.in_process, 0) as in_process, coalesce(n.people, 0) as natural_leavers,
    case
        when len($groups) + len($posts) = 0 and $search = ''
            then greatest(l.target - coalesce(p.done, 0), 0)
    end::integer as missing
from place as l
left join progress as p on l.unit_code = p.unit_code
left join natural_leaver as n on l.unit_code = n.unit_code
order by l.unit_code;
