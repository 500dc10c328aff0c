-- Mỗi dòng là một năm có chỉ tiêu tinh giản. "Đã giảm" là số biên chế của người được phê duyệt hoặc chi trả và đã nghỉ
-- đến ngày đang xem; "đã duyệt, chờ nghỉ" là người được phê duyệt nhưng chưa đến ngày nghỉ; "rời đi tự nhiên" (nghỉ hưu
-- đúng tuổi, chuyển, thôi việc, hết nhiệm kỳ, từ trần; năm chưa tới là số sẽ đến tuổi nghỉ hưu) không tính vào biên chế
-- giảm. "Còn thiếu" là chỉ tiêu trừ số đã giảm: người chờ nghỉ chưa làm giảm biên chế nào. Chỉ tiêu giao theo xã nên để
-- trống khi lọc theo nhóm, chức vụ hoặc họ tên.
with planned as (
    -- Every year of the plan, whichever communes are looked at.
    select distinct year from targets($as_of, $scope)
),

target as (
    select year, sum(target) as target from targets($as_of, $scope, $communes) group by year
),

progress as (
    select year, unnest(stage_tally(stage, reduces))
    from cases($as_of, $scope, $communes, $groups, $posts, $search)
    group by year
),

natural_leaver as (
    select year, count(*) as people
    from leavers($as_of, $scope, $communes, $groups, $posts, $search)
    group by year
),

yearly as (
    select
        y.year,
        case when len($groups) + len($posts) = 0 and $search = '' then coalesce(t.target, 0) end as target,
        coalesce(p.done, 0) as done, coalesce(p.approved_waiting, 0) as approved_waiting,
        coalesce(n.people, 0) as natural_leavers
    from planned as y
    left join target as t on y.year = t.year
    left join progress as p on y.year = p.year
    left join natural_leaver as n on y.year = n.year
)

select
    year, target::integer as target, done, approved_waiting, natural_leavers,
    case when target is not null then greatest(target - done, 0) end::integer as missing,
    (sum(target) over (order by year))::integer as cumulative_target,
    (sum(done) over (order by year))::integer as cumulative_done
from yearly
order by year;
