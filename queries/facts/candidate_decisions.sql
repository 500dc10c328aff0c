-- Cán bộ đã quyết gì về từng người có thể thuộc diện tinh giản, đến ngày đang xem.
select person_id, arg_max(decision, on_date) as decision, arg_max(reason, on_date) as reason
from live_candidate_decision()
where on_date <= $as_of and person_id in (select person_id from visible_people($as_of, $scope))
group by person_id;
