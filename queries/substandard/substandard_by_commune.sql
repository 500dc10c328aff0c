-- Mỗi dòng là một nhóm của một xã, thị trấn. Đếm người, mỗi người một lần trong nhóm của xã mình.
-- Xếp từ xã có nhiều người chưa đạt nhất.
select commune, group_code as "group", total, below, unknown, transitional
from tally($as_of, $scope, $communes, $groups, $posts, $criteria, $search, per := $per, by_group := true)
order by sum(below) over (partition by unit_code) desc, unit_code, group_code;
