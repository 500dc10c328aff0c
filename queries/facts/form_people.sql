-- Những người đang giữ chức vụ ở một đơn vị, mỗi chức vụ một dòng, theo thứ tự chức vụ: để điền sẵn biểu mẫu của xã.
select
    s.person_id, p.full_name, partial_date(p.birth_on, p.birth_precision) as birth_date, p.gender, p.ethnicity,
    p.identifier, s.post,
    case when s.from_precision <> 'bao_cao' then partial_date(s.from_on, s.from_precision) end as from_on,
    partial_date(s.first_held_on, s.first_held_precision) as first_held_on
from seated($as_of, $scope) as s
inner join person as p on s.person_id = p.person_id
inner join post as t on s.post = t.post
where s.unit_id = $unit_id
order by
    min(t.sort) over (partition by s.person_id), p.given_name collate vi, p.family_name collate vi, s.person_id, t.sort;
