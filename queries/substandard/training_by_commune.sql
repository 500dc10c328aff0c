-- Mỗi dòng là một xã, thị trấn: bao nhiêu người phải học bồi dưỡng sau khi nhận chức vụ theo quy định của ngày đã chọn,
-- bao nhiêu người chưa hoàn thành, chưa có dữ liệu, đã học. Đếm người, mỗi người một lần: còn một lớp chưa học là chưa
-- hoàn thành. Xếp từ xã có nhiều người chưa hoàn thành nhất.
select unit_code, commune, bound, not_done, unknown, trained, share_not_done
from training_tally(
        $as_of, $scope, $communes, $groups, $posts, $criteria, $verdicts, $search, per := $per
    )
order by not_done desc, unknown desc, unit_code;
