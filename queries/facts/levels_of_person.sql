-- Trình độ cao nhất đã có của một người ở từng tiêu chí đến một ngày.
select criterion, level
from certificates($as_of, people := [$person_id])
where nth = 1 and is_held and person_id in (select person_id from visible_people($as_of, $scope));
