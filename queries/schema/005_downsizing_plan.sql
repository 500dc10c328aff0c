-- Kế hoạch tinh giản và lịch các đợt dưới dạng dòng dữ liệu (nạp lại từ queries/reference): so với biên chế giao năm
-- nào, trong những năm nào, ít nhất bao nhiêu phần; đợt nào cho tháng nghỉ nào, hồ sơ trình trước ngày nào.
create table downsizing_plan (
    plan varchar not null, short varchar not null, title varchar not null, issued_on date not null,
    base_year integer not null, first_year integer not null, last_year integer not null, share decimal(4, 3) not null,
    confidence varchar not null, checked_by varchar, checked_on date, note varchar
);
create table downsizing_round (
    instrument varchar not null, round integer not null, from_month integer not null, until_month integer not null,
    due_years_before integer not null, due_month integer not null, due_day integer not null,
    confidence varchar not null, checked_by varchar, checked_on date, note varchar
);
