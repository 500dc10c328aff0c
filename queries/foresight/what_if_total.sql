-- Một dòng: bao nhiêu người chưa đạt, thiếu dữ liệu, trong lộ trình theo quy định đang áp dụng và theo luật giả định;
-- bao nhiêu người thành chưa đạt, bao nhiêu người thôi chưa đạt; bao nhiêu người được xét. Mỗi người tính một lần, theo
-- tiêu chí nặng nhất của mọi chức vụ.
select * exclude (part)
from now_and_then('all', $as_of, $scope, $communes, $groups, $posts, $criteria, $search)
order by total;
