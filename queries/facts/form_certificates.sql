-- Điều biểu mẫu của xã ghi về trình độ của từng người: mức cao nhất đã có, chưa có thì lớp đang học.
with here as (
    select coalesce(list(distinct person_id), []) as people from seated($as_of, $scope) where unit_id = $unit_id
)

select person_id, criterion, level, field, status
from certificates($as_of, people := (select people from here))
where nth = 1;
