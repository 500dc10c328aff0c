-- Từng xã có bao nhiêu người giữ chức danh mà một hướng dẫn đang nói đến, bao nhiêu người chưa đáp ứng, bao nhiêu
-- người chưa rõ, và xã được cho thêm thời gian đến ngày nào. Không phải kết luận đạt hay chưa đạt chuẩn.
with each_one as (
    select
        unit_code, commune, person_id, bool_or(held is not null and not is_enough) as is_short,
        bool_or(held is null) as is_unknown, max(deadline) as deadline
    from guided_seats($as_of, $scope, $communes, $groups, $posts, $criteria, $verdicts, $search)
    group by unit_code, commune, person_id
)

select
    unit_code, commune, count(*) as total, count(*) filter (where is_short) as guidance_short,
    count(*) filter (where is_unknown and not is_short) as unknown, max(deadline) as deadline
from each_one
group by unit_code, commune
order by guidance_short desc, unit_code;
