-- Chỉ biết năm sinh thì tính tuổi nghỉ hưu từ ngày nào của năm: hai nguồn nói khác nhau, cơ quan chọn và ghi từ ngày
-- nào. Chưa chọn (reading trống) thì tính từ đầu năm đến cuối năm như một khoảng.
create table birth_reading (
    reading varchar not null, "month" integer not null, "day" integer not null, document varchar not null,
    article varchar, confidence varchar not null, note varchar
);
create table birth_choice (
    reading varchar, from_on date not null, chosen_at timestamp not null, chosen_by varchar not null
);
