-- Diễn biến lương của một người, từ lần đầu.
select from_on, coefficient, position_allowance, over_frame, seniority, reserved
from live_pay_step()
where person_id = $person_id and person_id in (select person_id from visible_people($as_of, $scope))
order by from_on;
