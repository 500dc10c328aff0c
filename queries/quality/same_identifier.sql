-- Hai người có cùng một số định danh. Một trong hai số sai, hoặc là một người được ghi thành hai hồ sơ.
with holders as (
    select
        p.identifier, e.person_id,
        string_agg(
            distinct e.full_name || ' (' || e.commune || ')', ', ' order by e.full_name || ' (' || e.commune || ')'
        ) as told
    from seated($as_of, $scope) as e
    inner join person as p on e.person_id = p.person_id
    where p.identifier is not null
    group by p.identifier, e.person_id
),

shared as materialized (
    -- Met by the number, never everybody by everybody: one number copied down a list is hundreds of people's.
    select
        identifier, count(*) as people,
        (array_agg({'person_id': person_id, 'told': told} order by told, person_id))[:6] as first_ones
    from holders
    group by identifier
    having count(*) > 1
),

others as (
    select
        h.person_id, h.identifier, s.people - 1 as others,
        [one['told'] for one in s.first_ones if one['person_id'] <> h.person_id][:5] as told
    from holders as h
    inner join shared as s on h.identifier = s.identifier
)

select
    s.person_id, s.full_name, s.commune, s.post as position,
    'Số tận cùng ' || right(o.identifier, 4) || ' cũng là số của '
    || array_to_string(list_sort(list_distinct(o.told)), ', ')
    || if(o.others > 5, ' và ' || o.others - 5 || ' người khác', '') || '.' as problem,
    'mau_thuan' as problem_kind
from filtered_seats($as_of, $scope, $communes, $groups, $posts, $criteria, $verdicts, $search) as s
inner join others as o on s.person_id = o.person_id
order by s.given_name collate vi, s.family_name collate vi, s.person_id, s.post, s.posting_id;
