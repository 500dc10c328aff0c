-- Ai đã chỉ cho kho một từ hoặc một cột của danh sách, lúc nào, và danh sách ấy được ghi nhận thành đợt nào. Dựng lại
-- bảng vì DuckDB 1.5.5 không ghi được một lần vừa ba lần sửa một bảng vừa xóa dòng của nó.
create or replace table word as
select *, null::timestamp as taught_at, null::varchar as taught_by, null::integer as batch_id
from word;
alter table word alter column origin set default 'goc';
create or replace table layout_column as
select *, null::timestamp as taught_at, null::varchar as taught_by, null::integer as batch_id
from layout_column;
