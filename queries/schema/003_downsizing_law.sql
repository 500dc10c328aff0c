-- Luật về tinh giản biên chế dưới dạng dòng dữ liệu (nạp lại từ queries/reference). Văn bản có hiệu lực vào ngày nghỉ
-- quyết định mọi dòng; văn bản sau chấm dứt văn bản trước.
create table downsizing_instrument (
    instrument varchar not null, document varchar not null, article_of varchar not null, effective_from date not null,
    average_months integer not null, confidence varchar not null, checked_by varchar, checked_on date, note varchar
);

-- Căn cứ để một người thuộc diện tinh giản. Mỗi dòng là một cách thỏa mãn của một điểm; kind nối các điểm cùng nội
-- dung của những văn bản đánh chữ khác nhau.
create table downsizing_ground (
    instrument varchar not null, ground varchar not null, way integer not null, kind varchar not null,
    article varchar not null, summary varchar not null, applies_to varchar not null, no_other_post boolean not null,
    no_retraining boolean not null, consent boolean not null, confidence varchar not null, checked_by varchar,
    checked_on date, note varchar
);

-- Điều kiện của từng khoản. Tuổi và thời gian tính bằng tháng. reference nói tuổi nghỉ hưu nào được so: co_dinh là
-- retire_male, retire_female; nam_nghi là tuổi của năm nghỉ; lo_trinh là tuổi của chính người ấy theo lộ trình.
-- from_open, to_open: không kể chính mốc ấy. unless: không áp dụng khi đủ điều kiện của các khoản này.
create table downsizing_policy (
    instrument varchar not null, clause varchar not null, sort integer not null, policy varchar not null,
    article varchar not null, gender varchar, reference varchar, retire_male integer, retire_female integer,
    lowered_months integer, age_from_male integer, age_from_female integer, age_to_male integer,
    age_to_female integer, early_most integer, early_least integer, from_open boolean, to_open boolean,
    insurance_from integer, insurance_to integer, hazard_from integer, unless varchar, formula varchar,
    extra varchar, caution varchar, confidence varchar not null, checked_by varchar, checked_on date, note varchar
);

-- Các phần của một khoản trợ cấp: months tháng lương (pay: HH hiện hưởng, BQ bình quân) tính một lần (lan), cho mỗi
-- năm nghỉ sớm (nam_som) hoặc cho mỗi năm công tác từ sau after_years năm (nam_cong_tac).
create table downsizing_formula (
    formula varchar not null, sort integer not null, label varchar not null, months decimal(4, 1) not null,
    pay varchar not null, per varchar not null, after_years integer, confidence varchar not null,
    checked_by varchar, checked_on date, note varchar
);

-- Tháng lẻ thành phần của năm: measure là N (thời gian công tác) hoặc E (thời gian nghỉ sớm).
create table rounding_rule (
    instrument varchar not null, measure varchar not null, from_months integer not null, to_months integer not null,
    years decimal(3, 1) not null, confidence varchar not null, checked_by varchar, checked_on date, note varchar
);

create table base_salary (
    effective_from date not null, amount integer not null, confidence varchar not null, checked_by varchar,
    checked_on date, note varchar
);
