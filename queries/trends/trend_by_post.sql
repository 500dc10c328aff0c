-- Mỗi dòng là một chức vụ vào một ngày từ ngày đầu đến ngày đang xem (từng ngày, cuối tháng, cuối quý hoặc cuối
-- năm): bao nhiêu người có tiêu chuẩn đang áp dụng, chưa đạt, thiếu dữ liệu, còn trong lộ trình. Đếm đúng đến ngày.
-- Một người giữ hai chức vụ được tính ở từng chức vụ.
select
    t.as_of, t.part as position, t.total, t.below, t.unknown, t.transitional, t.below / t.total as share_below
from over_time(
        'post', $units, $from_on, $as_of, $step, $scope, $communes, $groups, $posts, $criteria, $search
    ) as t
inner join post as p on t.part = p.post
order by t.as_of, p.sort, t.part;
