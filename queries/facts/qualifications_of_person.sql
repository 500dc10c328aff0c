-- Mọi trình độ của một người, kể cả đang học.
select q.*
from qualification as q
left join label as l on l.domain = 'criterion' and q.criterion = l.code
where q.person_id = $person_id and q.person_id in (select person_id from visible_people($as_of, $scope))
order by l.sort, q.qualification_id;
