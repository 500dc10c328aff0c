-- Điều kiện tinh giản mà bản đọc lại luật cho thấy. Dòng downsizing_policy không có policy chỉ là điều kiện để dòng
-- khác nêu ở unless. for_pension: đóng bảo hiểm đủ thời gian để hưởng lương hưu vào ngày nghỉ (pension_time);
-- only_kind: chỉ dành cho người có căn cứ loại ấy. this_year của downsizing_evaluation là xếp loại trong năm xét.
create or replace table downsizing_policy as
select *, null::boolean as for_pension, null::varchar as only_kind
from downsizing_policy;
alter table downsizing_evaluation add column this_year varchar default '*';
-- Nguồn của một giai đoạn có thể không nêu số người.
alter table national_figure alter column people drop not null;

-- Thời gian đóng bảo hiểm xã hội tối thiểu để hưởng lương hưu, tính bằng tháng.
create table pension_time (
    effective_from date not null, months integer not null, confidence varchar not null, checked_by varchar,
    checked_on date, note varchar
);
