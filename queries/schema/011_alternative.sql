-- Dòng riêng cho văn bằng của một nhóm ngành: ai đạt thì đủ, không cần đạt dòng chung (Luật Hộ tịch: bằng luật từ trung
-- cấp); mức độ đã đối chiếu của thời hạn chuyển tiếp, có thể khác của mức phải đạt.
alter table standard add column field varchar;
alter table standard add column alternative boolean default false;
alter table standard add column grace_confidence varchar;
