-- Những người kho đã biết mà một dòng mới có thể là: ai, sinh khi nào, ở những xã, thị trấn nào.
select
    p.person_id, p.full_name, partial_date(p.birth_on, p.birth_precision) as birth,
    string_agg(distinct u.short_name, ', ' order by u.short_name) as communes
from person as p
left join posting as o on p.person_id = o.person_id
left join unit as u on o.unit_id = u.unit_id
where list_contains($people, p.person_id) and p.person_id in (select person_id from visible_people($as_of, $scope))
group by p.person_id, p.full_name, p.birth_on, p.birth_precision
order by p.person_id;
