-- Từ ngày nào đến hết ngày nào có quy định trong kho để xét một chức vụ đạt hay chưa đạt: ngày áp dụng đầu tiên, và
-- ngày cuối trước khi cán bộ, công chức cấp xã nói chung không còn thuộc phạm vi; luật chuyên ngành có thể còn xét vài
-- chức vụ sau ngày ấy. Yêu cầu chỉ là lớp bồi dưỡng thì không kể.
select
    min(from_on) filter (where kind <> 'out_of_scope') as first_on,
    coalesce(
        min(from_on) filter (where kind = 'out_of_scope' and is_official(group_code)), max(to_on)
    ) - 1 as last_on
from rule
where kind <> 'training'
order by first_on;
