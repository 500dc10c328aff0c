-- Mỗi dòng là một căn cứ và một chính sách: bao nhiêu trường hợp đã giảm, chờ nghỉ, đang xử lý, không thành.
with counted as (
    select
        instrument, point, policy, unnest(stage_tally(stage, reduces)),
        coalesce(sum(benefit_paid), 0)::bigint as benefit_paid
    from cases($as_of, $scope, $communes, $groups, $posts, $search)
    group by instrument, point, policy
)

select g.legal_ref, c.policy, c.done, c.approved_waiting, c.in_process, c.fallen, c.benefit_paid
from counted as c
left join ground_cited() as g on c.instrument = g.instrument and c.point = g.point
order by c.done desc, c.instrument, c.point, c.policy;
