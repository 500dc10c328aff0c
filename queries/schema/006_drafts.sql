-- Mức tiêu chuẩn của một dự thảo do cán bộ đặt tên và lưu; không lưu thì không để lại gì.
create table draft (
    draft varchar not null, law_on date not null, province varchar not null, grace boolean not null,
    made_at timestamp not null, made_by varchar not null
);
create table draft_level (draft varchar not null, post varchar not null, criterion varchar not null, level varchar);
