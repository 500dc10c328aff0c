-- Mỗi dòng là một cán bộ, công chức rời đội ngũ không do tinh giản trong các năm của kế hoạch (nghỉ hưu, chuyển đi,
-- thôi việc, hết nhiệm kỳ, từ trần), hoặc sẽ đến tuổi nghỉ hưu trước hết kế hoạch. Chỗ trống họ để lại không phải là
-- biên chế giảm; người đã được phê duyệt tinh giản không tính ở đây.
select
    person_id, full_name, partial_date(birth_on, birth_precision) as birth_date, commune, post as position, on_date,
    year, reason as end_reason, has_left
from leavers($as_of, $scope, $communes, $groups, $posts, $search)
where
    year between (select first_year from plan_of($as_of)) and (select last_year from plan_of($as_of))
order by on_date, given_name collate vi, family_name collate vi, person_id;
