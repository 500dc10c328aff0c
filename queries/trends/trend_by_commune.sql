-- Mỗi dòng là một xã, thị trấn (xem cả tỉnh, cả nước thì là một huyện, một tỉnh) vào một ngày từ ngày đầu đến ngày
-- đang xem (từng ngày, cuối tháng, cuối quý hoặc cuối năm): bao nhiêu người có tiêu chuẩn đang áp dụng, chưa đạt,
-- thiếu dữ liệu, còn trong lộ trình. Đếm đúng đến ngày.
select
    as_of, split_part(part, '|', 1) as unit_code, split_part(part, '|', 2) as commune, total, below, unknown,
    transitional, below / total as share_below
from over_time(
        $per, $units, $from_on, $as_of, $step, $scope, $communes, $groups, $posts, $criteria, $search
    )
order by as_of, commune collate vi, unit_code;
