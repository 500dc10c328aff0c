-- Mỗi dòng là một nhóm: bao nhiêu người chưa đạt, thiếu dữ liệu, trong lộ trình theo quy định đang áp dụng và
-- theo luật giả định; bao nhiêu người thành chưa đạt, bao nhiêu người thôi chưa đạt. Mỗi người tính một lần, theo tiêu
-- chí nặng nhất.
select
    c.group_code as "group", count(*) as total,
    count(*) filter (where now_severity = 5) as below_now, count(*) filter (where then_severity = 5) as below,
    count(*) filter (where then_severity = 5 and now_severity < 5) as newly_below,
    count(*) filter (where then_severity < 5 and now_severity = 5) as no_longer_below,
    count(*) filter (where now_severity = 4) as unknown_now, count(*) filter (where then_severity = 4) as unknown,
    count(*) filter (where now_severity = 3) as transitional_now,
    count(*) filter (where then_severity = 3) as transitional
from compared($as_of, $scope, $communes, $groups, $posts, $criteria, $search) as c
inner join label as l on l.domain = 'group' and c.group_code = l.code
group by c.group_code, l.sort
order by l.sort, c.group_code;
