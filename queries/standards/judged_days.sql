-- Từ ngày nào đến hết ngày nào có quy định trong kho để xét một chức vụ đạt hay chưa đạt: ngày áp dụng đầu tiên, và
-- ngày cuối trước khi mọi chức vụ không còn thuộc phạm vi. Yêu cầu chỉ là lớp bồi dưỡng thì không kể.
select min(from_on) as first_on, max(to_on) - 1 as last_on
from rule
where kind not in ('out_of_scope', 'training')
order by first_on;
