-- Những câu, cụm từ mà câu truy vấn ghép vào lời trả lời, ngoài lời giải thích kết luận ở bảng sentence (nạp lại từ
-- queries/reference): mỗi mã một câu, chỗ trong ngoặc nhọn được điền khi dùng.
create table phrase (code varchar not null, text varchar not null);
