-- Kho số liệu: bảng tham chiếu (nạp lại từ queries/reference) và các sự kiện có ngày, không ghi đè.
-- Không khóa chính, không sequence: cùng một lược đồ phải chạy được trên DuckLake; tính duy nhất do
-- manage.py doctor kiểm tra.
create table meta (name varchar not null, value varchar not null);

create table label (
    domain varchar not null, code varchar not null, label varchar not null,
    short_label varchar not null, sort integer not null
);
create table legal_document (
    document varchar not null, short varchar not null, title varchar not null, issued_on date, effective_on date,
    ended_on date, confidence varchar not null, checked_by varchar, checked_on date, note varchar
);
create table post (
    post varchar not null, group_code varchar not null, label varchar not null,
    short_label varchar not null, sort integer not null
);
create table level (
    criterion varchar not null, level varchar not null, rank integer, kind varchar not null, label varchar not null,
    in_sentence varchar not null, max_age_male integer, max_age_female integer, min_months_left integer
);
create table standard (
    standard varchar not null, document varchar not null, article varchar, posts varchar not null,
    criteria varchar not null, area varchar, effective_from date not null, required varchar,
    required_first varchar, at_level varchar, grace_in_post_before date, grace_until date,
    province_floor varchar, confidence varchar not null, checked_by varchar, checked_on date, note varchar
);
create table sentence (
    criterion varchar not null, verdict varchar not null, because varchar, reason varchar not null, remedy varchar
);
create table field_group (field_group varchar not null, label varchar not null);
create table retirement_age (
    gender varchar not null, until_year integer not null, age_months integer not null, document varchar not null
);
create table word (domain varchar not null, code varchar not null, word varchar not null);

-- Các bảng dưới đây được bổ sung dòng của cơ quan (origin = 'co_quan'); dòng ấy còn nguyên khi danh mục gốc
-- được nạp lại.
create table field_word (field_group varchar not null, word varchar not null, origin varchar not null default 'goc');
create table post_field (
    post varchar not null, field_group varchar not null, fits boolean not null, confidence varchar, note varchar,
    origin varchar not null default 'goc'
);
create table provincial_decision (
    decision varchar not null, number varchar not null, issued_on date, document varchar not null, posts varchar,
    criterion varchar not null, level varchar not null, province_code varchar not null, units varchar,
    effective_from date not null, ended_on date, note varchar, origin varchar not null default 'goc'
);

create table unit (
    unit_id varchar not null, code varchar not null, kind varchar not null, short_name varchar not null,
    district_code varchar, district varchar, province_code varchar not null, province varchar not null,
    area varchar not null, valid_from date, ended_on date, tile_col integer, tile_row integer, area_km2 double,
    document varchar, origin varchar not null default 'goc'
);
create table unit_lineage (
    from_unit varchar not null, to_unit varchar not null, on_date date not null, event varchar not null,
    document varchar, origin varchar not null default 'goc'
);

-- Sự kiện. batch_id: đợt ghi nhận; ended_batch_id: đợt đã thay thế dòng này (trống là còn giá trị).
create table batch (
    batch_id integer not null, kind varchar not null, title varchar not null, as_of date, made_at timestamp not null,
    made_by varchar not null, files varchar[] not null
);
create table person (
    person_id bigint not null, full_name varchar not null, family_name varchar not null, given_name varchar not null,
    name_key varchar not null, birth_on date, birth_precision varchar, gender varchar, ethnicity varchar,
    batch_id integer not null, ended_batch_id integer
);
create table posting (
    posting_id bigint not null, person_id bigint not null, unit_id varchar not null, post varchar not null,
    from_on date not null, from_precision varchar not null, to_on date, end_reason varchar,
    first_held_on date, first_held_precision varchar, batch_id integer not null, ended_batch_id integer
);
create table qualification (
    qualification_id bigint not null, person_id bigint not null, criterion varchar not null, level varchar,
    field varchar, status varchar not null, obtained_on date, obtained_precision varchar,
    reported_on date not null, evidence varchar, batch_id integer not null, ended_batch_id integer
);
