-- Sổ tinh giản, phần Chỉ tiêu: mỗi dòng là một xã, thị trấn và một năm.
select u.short_name, t.year, t.target, t.document
from live_downsizing_target() as t
inner join unit as u on t.unit_id = u.unit_id
where t.unit_id in (select unit_id from visible_units($as_of, $scope))
order by t.year, u.code;
