-- Cán bộ đã quyết gì về từng người có thể thuộc diện tinh giản, đến ngày đang xem.
select * from decided_candidates($as_of)
where person_id in (select person_id from visible_people($as_of, $scope))
order by person_id;
