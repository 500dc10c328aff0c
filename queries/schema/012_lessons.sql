-- Ai đã chỉ cho kho một từ hoặc một cột của danh sách, lúc nào, và danh sách ấy được ghi nhận thành đợt nào.
alter table word add column taught_at timestamp;
alter table word add column taught_by varchar;
alter table word add column batch_id integer;
alter table layout_column add column taught_at timestamp;
alter table layout_column add column taught_by varchar;
alter table layout_column add column batch_id integer;
