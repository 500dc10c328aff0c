-- Mỗi dòng là một nhóm (cán bộ, công chức, người hoạt động không chuyên trách) có tiêu chuẩn đang áp dụng vào ngày
-- đã chọn. Đếm người, không đếm lỗi: một người thiếu nhiều tiêu chí chỉ tính một lần, kết luận là mức nặng nhất
-- trong các tiêu chí. "Chưa đạt" không gồm người thiếu dữ liệu và người còn trong lộ trình; hai số đó đứng riêng.
select t.group_code as "group", t.total, t.below, t.unknown, t.transitional, t.share_below
from tally($as_of, $scope, $communes, $groups, $posts, $criteria, $search, by_group := true) as t
inner join label as l on l.domain = 'group' and t.group_code = l.code
order by l.sort, t.group_code;
