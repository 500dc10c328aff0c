-- Chức danh nào có từ ngày nào đến trước ngày nào; ngày trống là không rõ hoặc chưa hết. Không có dòng là luôn có.
create table post_period (
    post varchar not null, from_on date, ended_on date, document varchar, confidence varchar not null, note varchar
);
-- Hướng dẫn không phải là luật: ai chưa đáp ứng thì được nêu riêng, không bao giờ là chưa đạt chuẩn.
create table guidance (
    guidance varchar not null, document varchar not null, posts varchar not null, criterion varchar not null,
    required varchar not null, effective_from date not null, ended_on date, confidence varchar not null, note varchar
);
-- Xã được hướng dẫn cho thêm thời gian (vùng dân tộc thiểu số, đặc biệt khó khăn), theo văn bản mà cơ quan nhập.
create table guidance_clock (
    unit_code varchar not null, document varchar not null, until date not null, number varchar not null,
    origin varchar not null default 'goc'
);
