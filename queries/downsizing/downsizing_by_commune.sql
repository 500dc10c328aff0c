-- Mỗi dòng là một xã, thị trấn (xem cả tỉnh, cả nước thì là một huyện, một tỉnh): biên chế được giao của năm gốc, mức
-- phải giảm ít nhất đến hết kế hoạch (làm tròn lên), chỉ tiêu cộng dồn đến năm đang xem, đã giảm, đã duyệt chờ nghỉ,
-- đang xử lý, đã rời đi tự nhiên, và còn thiếu so với chỉ tiêu (chỉ tiêu trừ số đã giảm). Chỉ tính các năm của kế
-- hoạch: ai nghỉ sau năm cuối không bù cho chỉ tiêu.
with base as (
    select b.*, p.share
    from assigned($as_of, $scope, (select base_year from plan_of($as_of)), $communes) as b
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
    select u.unit_code, any_value(p.unit_code) as place_code, any_value(p.commune) as place
    from ledger_unit($as_of, $scope, $communes) as u
    inner join place_of($per) as p on u.now_unit = p.unit_id
    group by u.unit_code
),

counted as (
    select
        l.place_code as unit_code, l.place as commune, sum(b.assigned) as assigned, any_value(b.share) as share,
        coalesce(sum(t.target), 0) as target, coalesce(sum(p.done), 0)::bigint as done,
        coalesce(sum(p.approved_waiting), 0)::bigint as approved_waiting,
        coalesce(sum(p.in_process), 0)::bigint as in_process, coalesce(sum(n.people), 0)::bigint as natural_leavers
    from place as l
    left join base as b on l.unit_code = b.unit_code
    left join target as t on l.unit_code = t.unit_code
    left join progress as p on l.unit_code = p.unit_code
    left join natural_leaver as n on l.unit_code = n.unit_code
    where b.unit_code is not null or t.unit_code is not null
    group by l.place_code, l.place
)

select
    unit_code, commune, assigned::integer as assigned, ceil(assigned * share)::integer as ten_percent,
    case when len($groups) + len($posts) = 0 and $search = '' then target end::integer as target, done,
    approved_waiting, in_process, natural_leavers,
    case when len($groups) + len($posts) = 0 and $search = '' then greatest(target - done, 0) end::integer as missing
from counted
order by unit_code;
