-- Ngày nghỉ hưu đúng tuổi của từng người từng giữ chức vụ: tháng mà tuổi nghỉ hưu đang tăng gặp tuổi của chính người
-- ấy (lộ trình của NĐ 135/2020). Chưa rõ giới tính thì mỗi giới tính một dòng; chỉ biết năm hoặc tháng sinh thì
-- retires_on tính từ ngày đầu, at_latest tính từ ngày cuối của năm hoặc tháng ấy; cơ quan đã chọn ngày của năm cho
-- những người nghỉ hưu từ một ngày trở đi (birth_choice) thì cả hai tính từ ngày ấy.
create or replace temp table retirement as
with chosen as (
    select
        c.from_on, lead(c.from_on, 1, date '9999-12-31') over (order by c.from_on, c.chosen_at) as to_on,
        r."month", r."day"
    from birth_choice as c
    left join birth_reading as r on c.reading = r.reading
),

birthday as (
    select
        p.person_id, p.gender, p.birth_on, p.birth_precision = 'nam' as is_by_year,
        unnest([p.birth_on, latest(p.birth_on, p.birth_precision)]) as born_on,
        unnest([true, false]) as is_first
    from person as p
    where p.birth_on is not null and p.person_id in (select s.person_id from seat as s)
),

grown as (
    select
        b.person_id, a.gender, b.is_first, a.until_year,
        coalesce(make_date(year(b.birth_on), c."month", c."day"), b.born_on) + to_months(a.age_months) as reached_on
    from birthday as b
    inner join retirement_age as a on coalesce(b.gender, a.gender) = a.gender
    left join chosen as c
        on
        b.is_by_year and c.from_on <= b.birth_on + to_months(a.age_months)
        and c.to_on > b.birth_on + to_months(a.age_months)
)

select
    person_id, gender,
    (min(reached_on) filter (where is_first))::date as retires_on,
    (min(reached_on) filter (where not is_first))::date as at_latest
from grown
where year(reached_on) <= until_year
group by person_id, gender
order by person_id, gender;
