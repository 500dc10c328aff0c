-- Mức mà quy định của ngày đã chọn hỏi mọi người giữ từng chức vụ, chức danh ở địa bàn đã chọn, làm gốc để soạn dự
-- thảo: mỗi dòng là một chức vụ và một tiêu chí so theo mức. Trống là không quy định mức nào cho mọi người. Mức tỉnh
-- được giảm cho miền núi theo cách $province nêu.
with asked as (
    select
        r.post, r.criterion,
        if($province = 'lowered', coalesce(r.province_floor, r.required), r.required) as required
    from rule as r
    where
        r.regime = if($province = 'entered', shown_regime($area), $area)
        and r.from_on <= $as_of and r.to_on > $as_of and r.kind = 'level'
)

select p.post as position, c.code as criterion, a.required
from post as p
cross join label as c
left join asked as a on p.post = a.post and c.code = a.criterion
where
    c.domain = 'criterion' and c.code in ('hoc_van', 'chuyen_mon', 'llct', 'tin_hoc')
    and chosen($groups, p.group_code) and chosen($posts, p.post) and chosen($criteria, c.code)
order by p.sort, c.sort, p.post, c.code;
