-- Bao nhiêu người giữ chức vụ vào ngày đã chọn với bộ lọc đang chọn. Quá nhiều thì danh sách không nêu tên trên màn
-- hình.
select count(distinct person_id) as people
from filtered_seats($as_of, $scope, $communes, $groups, $posts, $criteria, $verdicts, $search);
