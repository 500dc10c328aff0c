-- Mỗi dòng là một xã, thị trấn: tổng số người có tiêu chuẩn đang áp dụng và số người theo từng kết luận, mỗi người
-- một lần. Xếp từ xã có nhiều người chưa đạt nhất, cùng số thì theo mã đơn vị.
with person_verdict as (
    select unit_id, unit_code, commune, person_id, max(severity(verdict)) as severity
    from judged($as_of, $scope, $communes, $groups, $posts, $criteria, $search)
    where in_scope
    group by unit_id, unit_code, commune, person_id
)

select
    v.unit_code, v.commune, any_value(u.tile_col) as tile_col, any_value(u.tile_row) as tile_row,
    count(*) as total,
    count(*) filter (where v.severity = 5) as below,
    count(*) filter (where v.severity = 4) as unknown,
    count(*) filter (where v.severity = 3) as transitional,
    count(*) filter (where v.severity = 5) / count(*) as share_below
from person_verdict as v
inner join unit as u on v.unit_id = u.unit_id
group by v.unit_code, v.commune
order by below desc, v.unit_code;
