-- Sổ tinh giản, phần Biên chế giao: mỗi dòng là một xã, thị trấn và một năm.
select u.short_name, t.year, t.assigned, t.document
from live_headcount() as t
inner join unit as u on t.unit_id = u.unit_id
where t.unit_id in (select unit_id from visible_units($as_of, $scope))
order by t.year, u.code;
