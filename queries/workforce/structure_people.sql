-- Mỗi dòng là một người đang giữ chức vụ vào ngày đã chọn, một lần dù giữ nhiều chức vụ, với trình độ cao nhất đã có
-- đến ngày đó và độ tuổi: tên người đứng sau từng con số của cơ cấu đội ngũ. Không nêu dân tộc.
with seated_now as (
    select s.*, t.sort
    from filtered_seats($as_of, $scope, $communes, $groups, $posts, $criteria, $verdicts, $search) as s
    inner join post as t on s.post = t.post
    qualify row_number() over (partition by s.person_id order by t.sort, s.posting_id) = 1
),

held as (
    select
        person_id, any_value(level) filter (where criterion = 'hoc_van') as hoc_van,
        any_value(level) filter (where criterion = 'chuyen_mon') as chuyen_mon,
        any_value(level) filter (where criterion = 'llct') as llct
    from certificates($as_of, people := (select coalesce(list(person_id), []) from seated_now))
    where nth = 1 and is_held
    group by person_id
)

select
    s.person_id, s.full_name, partial_date(s.birth_on, s.birth_precision) as birth_date, s.gender, b.band as tuoi,
    s.commune, s.post as position, h.hoc_van, h.chuyen_mon, h.llct
from seated_now as s
left join held as h on s.person_id = h.person_id
left join age_bands() as b
    on s.birth_on + to_years(b.from_age) <= $as_of and s.birth_on + to_years(b.until_age) > $as_of
order by s.given_name collate vi, s.family_name collate vi, s.person_id;
