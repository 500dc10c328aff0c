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

-- Các bảng dưới đây được bổ sung dòng của cơ quan (origin = 'co_quan'); dòng ấy còn nguyên khi danh mục gốc
-- được nạp lại.
create table word (
    domain varchar not null, code varchar not null, word varchar not null, origin varchar not null default 'goc'
);
create table layout_column (layout varchar not null, heading varchar not null, field varchar not null);
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

-- Đợt ghi nhận. Mọi điều một đợt nói được giữ nguyên văn trong các bảng *_claim và không bao giờ bị sửa; hoàn tác
-- một đợt là thôi tính những điều nó nói.
create table batch (
    batch_id integer not null, kind varchar not null, title varchar not null, as_of date, made_at timestamp not null,
    made_by varchar not null, files varchar[] not null, undone_at timestamp, undone_by varchar
);
create table batch_unit (batch_id integer not null, unit_id varchar not null, as_of date not null, people integer);
create table rejected_row (
    batch_id integer not null, file varchar not null, sheet varchar not null, row_number integer not null,
    headings varchar[] not null, cells varchar[] not null, message varchar not null
);

create table person_claim (
    person_id bigint not null, full_name varchar, family_name varchar, given_name varchar, spelled varchar,
    birth_on date, birth_precision varchar, birth_yields boolean not null default false, gender varchar,
    ethnicity varchar, identifier varchar, batch_id integer not null
);
create table posting_claim (
    posting_id bigint not null, person_id bigint not null, unit_id varchar not null, post varchar not null,
    from_on date, from_precision varchar, from_yields boolean not null default false, to_on date,
    end_reason varchar, first_held_on date, first_held_precision varchar, first_yields boolean not null default false,
    evidence varchar, withdrawn boolean not null, batch_id integer not null
);
create table qualification_claim (
    qualification_id bigint not null, person_id bigint not null, criterion varchar not null, level varchar,
    field varchar, status varchar not null, obtained_on date, obtained_precision varchar,
    obtained_yields boolean not null default false, reported_on date not null, evidence varchar,
    withdrawn boolean not null, batch_id integer not null
);

-- Dữ kiện hiện hành: điều các đợt còn hiệu lực cộng lại (queries/intake/3_facts.sql), dựng trong cùng giao dịch.
create table person (
    person_id bigint not null, full_name varchar not null, family_name varchar not null, given_name varchar not null,
    name_key varchar not null, spelled varchar not null, birth_on date, birth_precision varchar, gender varchar,
    ethnicity varchar, identifier varchar, batch_id integer not null
);
create table posting (
    posting_id bigint not null, person_id bigint not null, unit_id varchar not null, post varchar not null,
    from_on date not null, from_precision varchar not null, to_on date, end_reason varchar,
    first_held_on date, first_held_precision varchar, evidence varchar, batch_id integer not null
);
create table qualification (
    qualification_id bigint not null, person_id bigint not null, criterion varchar not null, level varchar,
    field varchar, status varchar not null, obtained_on date, obtained_precision varchar,
    reported_on date not null, evidence varchar, batch_id integer not null
);
