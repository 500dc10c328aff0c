-- Hai người đang giữ cùng một chức vụ mà mỗi xã, thị trấn chỉ có một người. Ghi ngày thôi giữ của người đã thôi.
with elsewhere as (
    select * from seated($as_of, $scope, [], [], [], '')
)

select
    s.person_id, s.full_name, s.commune, s.post as position,
    'Cùng giữ với ' || string_agg(distinct o.full_name, ', ' order by o.full_name) || '.' as problem,
    'mau_thuan' as problem_kind
from filtered_seats($as_of, $scope, $communes, $groups, $posts, $criteria, $verdicts, $search) as s
inner join elsewhere as o on s.unit_code = o.unit_code and s.post = o.post and s.person_id <> o.person_id
where s.post in ('bi_thu', 'ct_hdnd', 'ct_ubnd', 'ct_mttq', 'bt_doan', 'ct_lhpn', 'ct_nd', 'ct_ccb')
group by s.person_id, s.full_name, s.family_name, s.given_name, s.commune, s.post, s.posting_id
order by s.given_name collate vi, s.family_name collate vi, s.person_id, s.post, s.posting_id;
