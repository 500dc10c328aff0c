-- Mỗi dòng là một nhóm vào một ngày từ ngày đầu đến ngày đang xem (từng ngày, cuối tháng, cuối quý hoặc cuối
-- năm): bao nhiêu người có tiêu chuẩn đang áp dụng, chưa đạt, thiếu dữ liệu, còn trong lộ trình. Đếm đúng đến ngày.
select
    t.as_of, t.part as "group", t.total, t.below, t.unknown, t.transitional
from over_time(
        'group', $units, $from_on, $as_of, $step, $scope, $communes, $groups, $posts, $criteria, $search
    ) as t
inner join label as l on l.domain = 'group' and t.part = l.code
order by t.as_of, l.sort, t.part;
