-- Một dòng: bao nhiêu người chưa đạt, thiếu dữ liệu, trong lộ trình theo quy định đang áp dụng và theo luật giả định;
-- bao nhiêu người thành chưa đạt, bao nhiêu người thôi chưa đạt; bao nhiêu người được xét. Mỗi người tính một lần, theo
-- tiêu chí nặng nhất của mọi chức vụ.
with person_once as (
    select person_id, max(now_severity) as now_severity, max(then_severity) as then_severity
    from compared($as_of, $scope, $communes, $groups, $posts, $criteria, $search)
    group by person_id
)

select
    count(*) as total,
    count(*) filter (where now_severity > 0) as judged_now, count(*) filter (where then_severity > 0) as judged,
    count(*) filter (where now_severity = 5) as below_now, count(*) filter (where then_severity = 5) as below,
    count(*) filter (where then_severity = 5 and now_severity < 5) as newly_below,
    count(*) filter (where then_severity < 5 and now_severity = 5) as no_longer_below,
    count(*) filter (where now_severity = 4) as unknown_now, count(*) filter (where then_severity = 4) as unknown,
    count(*) filter (where now_severity = 3) as transitional_now,
    count(*) filter (where then_severity = 3) as transitional
from person_once
having count(*) > 0
order by total;
