-- Mỗi dòng là một nhóm của một xã, thị trấn. Đếm người, mỗi người một lần trong nhóm của xã mình.
-- Xếp từ xã có nhiều người chưa đạt nhất.
with person_verdict as (
    select unit_code, commune, group_code, person_id, max(severity(verdict)) as severity
    from judged($as_of, $scope, $communes, $groups, $posts, $criteria, $search)
    where in_scope
    group by unit_code, commune, group_code, person_id
),

counted as (
    select
        unit_code, commune, group_code,
        count(*) as total,
        count(*) filter (where severity = 5) as below,
        count(*) filter (where severity = 4) as unknown,
        count(*) filter (where severity = 3) as transitional
    from person_verdict
    group by unit_code, commune, group_code
)

select commune, group_code as "group", total, below, unknown, transitional
from counted
order by sum(below) over (partition by unit_code) desc, unit_code, group_code;
