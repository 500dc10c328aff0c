-- Mỗi dòng là một tiêu chí vào một ngày từ ngày đầu đến ngày đang xem (từng ngày, cuối tháng, cuối quý hoặc cuối
-- năm): bao nhiêu người có tiêu chuẩn đang áp dụng, chưa đạt, thiếu dữ liệu, còn trong lộ trình. Đếm đúng đến ngày.
-- Một người chưa đạt nhiều tiêu chí được tính ở từng tiêu chí.
select
    t.as_of, t.part as criterion, t.total, t.below, t.unknown, t.transitional, t.below / t.total as share_below
from over_time(
        'criterion', $units, $from_on, $as_of, $step, $scope, $communes, $groups, $posts, $criteria, $search
    ) as t
inner join label as l on l.domain = 'criterion' and t.part = l.code
order by t.as_of, l.sort, t.part;
