-- Mọi lần giữ chức vụ của một người, mới nhất trước.
select o.*, u.short_name as commune, o.to_on is null as is_open
from posting as o
inner join unit as u on o.unit_id = u.unit_id
where o.person_id = $person_id and o.person_id in (select person_id from visible_people($as_of, $scope))
order by o.from_on desc, o.posting_id;
