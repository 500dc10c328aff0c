-- Điều sổ ghi về một trường hợp tinh giản để tính trợ cấp.
select person_id, instrument, point, leaving_on, insurance_months, hazard_months, current_salary, average_salary
from live_downsizing_case()
where case_id = $case_id and person_id in (select person_id from visible_people($as_of, $scope));
