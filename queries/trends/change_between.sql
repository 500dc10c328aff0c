-- Từ ngày đầu đến ngày đang xem, số người chưa đạt đổi vì sao: dòng đầu là số lúc đầu, mỗi dòng sau là một nguyên nhân
-- với số người tăng hoặc giảm, dòng cuối là số lúc cuối. Mỗi người chỉ tính một lần, theo sự kiện làm họ thôi chưa đạt
-- hoặc thành chưa đạt; lúc đầu cộng các nguyên nhân luôn bằng lúc cuối.
with turned as (
    select cause, change, count(*) as people
    from changed($units, $from_on, $as_of, $scope, $communes, $groups, $posts, $criteria, $search)
    group by cause, change
),

ends as (
    select 'start' as cause, count(*) as people
    from below_on($from_on, $units, $as_of, $scope, $communes, $groups, $posts, $criteria, $search)
    union all
    select 'end', count(*)
    from below_on($as_of, $units, $as_of, $scope, $communes, $groups, $posts, $criteria, $search)
),

listed as (
    select cause, people, 0 as change, case cause when 'start' then 0 else 2 end as place from ends
    union all
    select cause, people, people * change, 1 from turned
)

select r.cause, r.people, r.change::integer as change
from listed as r
left join label as l on l.domain = 'change_cause' and r.cause = l.code
order by r.place, r.change, l.sort, r.cause;
