-- Một dòng cho toàn bộ phạm vi đang chọn: tổng số người có tiêu chuẩn đang áp dụng và số người theo từng kết luận.
-- Đếm người, mỗi người một lần dù giữ nhiều chức vụ. Số liệu tính đến ngày của đợt danh sách mới nhất.
select
    coalesce(any_value(total), 0) as total, coalesce(any_value(below), 0) as below,
    coalesce(any_value(unknown), 0) as unknown, coalesce(any_value(transitional), 0) as transitional,
    coalesce(any_value(meets), 0) as meets, coalesce(any_value(share_below), 0) as share_below
from tally($as_of, $scope, $communes, $groups, $posts, $criteria, $search)
order by total;
