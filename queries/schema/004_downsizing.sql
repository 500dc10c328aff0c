-- Sổ tinh giản biên chế: chỉ tiêu, trường hợp và từng bước xử lý có ngày, đánh giá hằng năm, diễn biến lương. Chỉ thêm,
-- không sửa; dòng của đợt sau thay dòng của đợt trước về cùng một việc, hoàn tác một đợt là thôi tính các dòng ấy.
create table headcount (
    unit_id varchar not null, year integer not null, assigned integer not null, document varchar,
    batch_id integer not null
);
create table downsizing_target (
    unit_id varchar not null, year integer not null, target integer not null, document varchar,
    batch_id integer not null
);
create table downsizing_case (
    case_id varchar not null, person_id bigint not null, unit_id varchar not null, post varchar not null,
    instrument varchar not null, point varchar not null, policy varchar not null, leaving_on date,
    reduces boolean not null, insurance_months integer, hazard_months integer, current_salary bigint,
    average_salary bigint, decision varchar, decided_on date, benefit_paid bigint, batch_id integer not null
);
create table case_step (
    case_id varchar not null, status varchar not null, on_date date not null, reason varchar, note varchar,
    batch_id integer not null
);
create table evaluation (
    person_id bigint not null, year integer not null, class varchar, why_not varchar, reported_on date not null,
    batch_id integer not null
);
create table pay_step (
    person_id bigint not null, from_on date not null, coefficient decimal(6, 3) not null,
    position_allowance decimal(6, 3) not null, over_frame decimal(6, 3) not null, seniority decimal(6, 3) not null,
    reserved decimal(6, 3) not null, batch_id integer not null
);
