-- Mỗi dòng là một xã, thị trấn (xem cả tỉnh, cả nước thì là một huyện, một tỉnh): tổng số người có tiêu chuẩn đang áp
-- dụng và số người theo từng kết luận, mỗi người một lần. Xếp từ xã có nhiều người chưa đạt nhất, cùng số thì theo mã
-- đơn vị.
select
    t.unit_code, t.commune, u.tile_col, u.tile_row, t.total, t.below, t.unknown, t.transitional, t.share_below
from tally($as_of, $scope, $communes, $groups, $posts, $criteria, $search, per := $per) as t
left join unit as u on t.unit_id = u.unit_id
order by t.below desc, t.unit_code;
