-- Từng xã (xem cả tỉnh, cả nước thì từng huyện, từng tỉnh) có bao nhiêu người giữ chức danh mà một hướng dẫn đang nói
-- đến, bao nhiêu người chưa đáp ứng, bao nhiêu người chưa rõ, và xã được cho thêm thời gian đến ngày nào. Không phải
-- kết luận đạt hay chưa đạt chuẩn.
with each_one as (
    select
        p.unit_code, p.commune, g.person_id, bool_or(g.held is not null and not g.is_enough) as is_short,
        bool_or(g.held is null) as is_unknown, max(g.deadline) as deadline
    from guided_seats($as_of, $scope, $communes, $groups, $posts, $criteria, $verdicts, $search) as g
    inner join place_of($per) as p on g.unit_id = p.unit_id
    group by p.unit_code, p.commune, g.person_id
)

select
    unit_code, commune, count(*) as total, count(*) filter (where is_short) as guidance_short,
    count(*) filter (where is_unknown and not is_short) as unknown, max(deadline) as deadline
from each_one
group by unit_code, commune
order by guidance_short desc, unit_code;
