-- Tiêu chí 18.1 của toàn bộ phạm vi đang chọn: mỗi dòng là ngày đầu, cuối mỗi năm hay ngày đang xem, với số cán bộ,
-- công chức có tiêu chuẩn đang áp dụng và số người đạt, mỗi người một lần dù giữ chức vụ ở mấy xã. Tỷ lệ đạt là số
-- người đạt chia cho tổng số, không phải trung bình các tỷ lệ của xã.
select d.as_of, t.total, t.meets, t.transitional, t.unknown, t.below, t.meets / t.total as share_meets
from days_between($from_on, $as_of, 'year') as d
cross join
    lateral (
        select * from tally(d.as_of, $scope, $communes, officials($groups), $posts, $criteria, $search)
    ) as t
order by d.as_of;
