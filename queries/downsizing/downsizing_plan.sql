-- Kế hoạch tinh giản đang thực hiện: so với biên chế được giao (không phải số người có mặt) của năm gốc ở các xã, thị
-- trấn đang xem, đến năm cuối phải giảm ít nhất bao nhiêu, theo văn bản nào. Làm tròn lên; không theo bộ lọc về người.
with base as (
    select sum(b.assigned) as assigned
    from assigned($as_of, $scope, (select base_year from plan_of($as_of)), $communes) as b
)

select
    p.base_year, p.first_year, p.last_year, p.share::double as share_owed, b.assigned::integer as assigned,
    ceil(b.assigned * p.share)::integer as ten_percent, p.short as legal_ref
from plan_of($as_of) as p
cross join base as b
where b.assigned is not null
order by p.plan;
