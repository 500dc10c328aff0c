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
-- Cán bộ quyết định gì về một người thuộc diện xem xét, và vì sao.
create table candidate_decision (
    person_id bigint not null, on_date date not null, decision varchar not null, reason varchar not null,
    batch_id integer not null
);

-- Xếp loại hai năm liền trước năm xét ứng với cách nào của căn cứ theo đánh giá; '*' là xếp loại nào cũng được.
create table downsizing_evaluation (
    instrument varchar not null, way integer not null, year_before_last varchar not null, last_year varchar not null,
    confidence varchar not null, checked_by varchar, checked_on date, note varchar
);

-- Học lên mức này thường mất bao nhiêu tháng: để ước lượng có kịp học trước khi nghỉ hưu không, không phải quy định.
create table course_length (criterion varchar not null, level varchar not null, months integer not null, note varchar);

-- Mức xếp loại cán bộ, công chức của từng năm: tên mức đổi theo nghị định, không tự quy đổi.
create table evaluation_class (
    class varchar not null, first_year integer not null, last_year integer not null, document varchar not null,
    confidence varchar not null, checked_by varchar, checked_on date, note varchar
);
