-- Hỗ trợ thêm của tỉnh, của cơ quan cho người tinh giản biên chế, do cán bộ nhập theo văn bản: mỗi dòng là một khoản
-- của một chính sách. Là months tháng lương (pay: HH hiện hưởng, BQ bình quân) hoặc amount đồng, tính một lần (lan),
-- cho mỗi năm nghỉ sớm (nam_som) hoặc mỗi năm công tác (nam_cong_tac). Chỉ thêm, không sửa; hoàn tác đợt là thôi tính.
create table top_up (
    number varchar not null, policy varchar not null, months decimal(5, 2), pay varchar, amount bigint,
    per varchar not null, effective_from date not null, ended_on date, note varchar, batch_id integer not null
);
