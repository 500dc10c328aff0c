-- Hai người có cùng một số định danh. Một trong hai số sai, hoặc là một người được ghi thành hai hồ sơ.
with elsewhere as materialized (
    -- Kept apart, so that the two sides meet by the number and never everybody by everybody.
    select e.person_id, e.full_name, e.commune, p.identifier
    from seated($as_of, $scope) as e
    inner join person as p on e.person_id = p.person_id
    where p.identifier is not null
)

select
    s.person_id, s.full_name, s.commune, s.post as position,
    'Số tận cùng ' || right(o.identifier, 4) || ' cũng là số của '
    || string_agg(
        distinct o.full_name || ' (' || o.commune || ')', ', ' order by o.full_name || ' (' || o.commune || ')'
    ) || '.' as problem,
    'mau_thuan' as problem_kind
from filtered_seats($as_of, $scope, $communes, $groups, $posts, $criteria, $verdicts, $search) as s
inner join (
    select distinct a.person_id, a.identifier, b.person_id as other_id, b.full_name, b.commune
    from elsewhere as a
    inner join elsewhere as b on a.identifier = b.identifier and a.person_id <> b.person_id
) as o on s.person_id = o.person_id
group by
    s.person_id, s.full_name, s.family_name, s.given_name, s.commune, s.post, s.posting_id, o.identifier
order by s.given_name collate vi, s.family_name collate vi, s.person_id, s.post, s.posting_id;
