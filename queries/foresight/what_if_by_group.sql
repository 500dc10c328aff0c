-- Mỗi dòng là một nhóm: bao nhiêu người chưa đạt, thiếu dữ liệu, trong lộ trình theo quy định đang áp dụng và
-- theo luật giả định; bao nhiêu người thành chưa đạt, bao nhiêu người thôi chưa đạt. Mỗi người tính một lần, theo tiêu
-- chí nặng nhất.
select
    n.part as "group", n.total, n.below_now, n.below, n.newly_below, n.no_longer_below, n.unknown_now, n.unknown,
    n.transitional_now, n.transitional
from now_and_then('group', $as_of, $scope, $communes, $groups, $posts, $criteria, $search) as n
inner join label as l on l.domain = 'group' and n.part = l.code
order by l.sort, n.part;
