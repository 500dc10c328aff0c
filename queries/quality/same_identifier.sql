-- Hai người có cùng một số định danh. Một trong hai số sai, hoặc là một người được ghi thành hai hồ sơ.
with elsewhere as (
    select * from seated($as_of, $scope, [], [], [], '')
)

select
    s.person_id, s.full_name, s.commune, s.post as position,
    'Số tận cùng ' || right(p.identifier, 4) || ' cũng là số của '
    || string_agg(
        distinct o.full_name || ' (' || o.commune || ')', ', ' order by o.full_name || ' (' || o.commune || ')'
    ) || '.' as problem,
    'mau_thuan' as problem_kind
from filtered_seats($as_of, $scope, $communes, $groups, $posts, $criteria, $verdicts, $search) as s
inner join person as p on s.person_id = p.person_id
inner join elsewhere as o on s.person_id <> o.person_id
inner join person as q on o.person_id = q.person_id and p.identifier = q.identifier
group by
    s.person_id, s.full_name, s.family_name, s.given_name, s.commune, s.post, s.posting_id, p.identifier
order by s.given_name collate vi, s.family_name collate vi, s.person_id, s.post, s.posting_id;
