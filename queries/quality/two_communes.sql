-- Một người đang giữ chức vụ ở hai xã, thị trấn cùng lúc. Nếu đã chuyển đi thì ghi ngày thôi giữ ở nơi cũ; nếu là hai
-- người trùng tên thì sửa ngày sinh cho đúng.
with elsewhere as (
    select * from seated($as_of, $scope)
)

select
    s.person_id, s.full_name, s.commune, s.post as position,
    'Cùng lúc giữ chức vụ ở ' || string_agg(distinct o.commune, ', ' order by o.commune) || '.' as problem,
    'mau_thuan' as problem_kind
from filtered_seats($as_of, $scope, $communes, $groups, $posts, $criteria, $verdicts, $search) as s
inner join elsewhere as o on s.person_id = o.person_id and s.unit_code <> o.unit_code
group by s.person_id, s.full_name, s.family_name, s.given_name, s.commune, s.post, s.posting_id
order by s.given_name collate vi, s.family_name collate vi, s.person_id, s.post, s.posting_id;
