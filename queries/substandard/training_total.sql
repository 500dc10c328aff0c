-- Một dòng cho toàn bộ phạm vi đang chọn: bao nhiêu người phải học bồi dưỡng sau khi nhận chức vụ theo quy định của
-- ngày đã chọn, bao nhiêu người chưa hoàn thành, chưa có dữ liệu, đã học. Đếm người, mỗi người một lần.
select
    coalesce(any_value(bound), 0) as bound, coalesce(any_value(not_done), 0) as not_done,
    coalesce(any_value(unknown), 0) as unknown, coalesce(any_value(trained), 0) as trained,
    coalesce(any_value(share_not_done), 0) as share_not_done
from training_tally($as_of, $scope, $communes, $groups, $posts, $criteria, $verdicts, $search)
order by bound;
