-- Trường hợp không giải quyết tinh giản biên chế dù có căn cứ, theo văn bản hướng dẫn nào (nạp lại từ
-- queries/reference), tính từ ngày ban hành văn bản ấy.
create table downsizing_refusal (
    refusal varchar not null, document varchar not null, confidence varchar not null, checked_by varchar,
    checked_on date, note varchar
);
