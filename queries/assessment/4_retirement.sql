-- Ngày nghỉ hưu đúng tuổi của từng người từng giữ chức vụ: tháng mà tuổi nghỉ hưu đang tăng gặp tuổi của chính người
-- ấy (lộ trình của NĐ 135/2020). Chưa rõ giới tính thì mỗi giới tính một dòng; chỉ biết năm hoặc tháng sinh thì
-- retires_on tính từ ngày đầu, at_latest tính từ ngày cuối của năm hoặc tháng ấy.
create or replace table retirement as
with birthday as (
    select
        p.person_id, p.gender,
        unnest([p.birth_on, latest(p.birth_on, p.birth_precision)]) as born_on,
        unnest([true, false]) as is_first
    from person as p
    where p.birth_on is not null and p.person_id in (select s.person_id from seat as s)
)

select
    b.person_id, a.gender,
    (min(b.born_on + to_months(a.age_months)) filter (where b.is_first))::date as retires_on,
    (min(b.born_on + to_months(a.age_months)) filter (where not b.is_first))::date as at_latest
from birthday as b
inner join retirement_age as a on coalesce(b.gender, a.gender) = a.gender
where year(b.born_on + to_months(a.age_months)) <= a.until_year
group by b.person_id, a.gender
order by b.person_id, a.gender;
