-- Mỗi dòng là một cán bộ, công chức rời đội ngũ không do tinh giản từ năm 2015 (nghỉ hưu, chuyển đi, thôi việc, hết
-- nhiệm kỳ, từ trần), hoặc sẽ đến tuổi nghỉ hưu trước hết năm 2021. Chỗ trống họ để lại không phải là biên chế giảm.
select
    person_id, full_name, partial_date(birth_on, birth_precision) as birth_date, commune, post as position, on_date,
    year, reason as end_reason, has_left
from leavers($as_of, $scope, $communes, $groups, $posts, $search)
where year between 2015 and 2021
order by on_date, given_name collate vi, family_name collate vi, person_id;
