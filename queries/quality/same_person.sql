-- Hai hồ sơ cùng họ tên và ngày sinh, có thể là một người. Nếu là một người thì ghi lại ở một hồ sơ; nếu là hai người
-- thì bổ sung số định danh.
with elsewhere as (
    select * from seated($as_of, $scope)
)

select
    s.person_id, s.full_name, s.commune, s.post as position,
    'Cùng họ tên và sinh ' || vn_date(s.birth_on) || ' với một hồ sơ khác ở '
    || string_agg(distinct o.commune, ', ' order by o.commune) || '.' as problem,
    'mau_thuan' as problem_kind
from filtered_seats($as_of, $scope, $communes, $groups, $posts, $criteria, $verdicts, $search) as s
inner join elsewhere as o
    on s.person_id <> o.person_id and s.birth_on = o.birth_on and text_key(s.full_name) = text_key(o.full_name)
where s.birth_precision = 'ngay' and o.birth_precision = 'ngay'
group by s.person_id, s.full_name, s.family_name, s.given_name, s.birth_on, s.commune, s.post, s.posting_id
order by s.given_name collate vi, s.family_name collate vi, s.person_id, s.post, s.posting_id;
