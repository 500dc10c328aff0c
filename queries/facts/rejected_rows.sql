-- Những dòng một đợt đã trả lại. Dòng chưa thuộc xã nào, nên chỉ ai thấy mọi người trong kho mới thấy.
select file, sheet, row_number, headings, cells, message
from rejected_row
where batch_id = $batch_id and sees_everyone($scope)
order by file, sheet, row_number, message;
