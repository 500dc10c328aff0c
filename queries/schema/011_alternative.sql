-- Dòng riêng cho văn bằng của một nhóm ngành: ai đạt thì đủ, không cần đạt dòng chung (Luật Hộ tịch: bằng luật từ trung
-- cấp); mức độ đã đối chiếu của thời hạn chuyển tiếp, có thể khác của mức phải đạt. Dựng lại bảng vì DuckDB 1.5.5 không
-- ghi được một lần vừa ba lần sửa một bảng vừa xóa dòng của nó.
create or replace table standard as
select *, null::varchar as field, false as alternative, null::varchar as grace_confidence
from standard;
