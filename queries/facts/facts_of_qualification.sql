-- Điều kho đang biết về một trình độ, để sửa hoặc rút lại.
select * from qualification
where qualification_id = $qualification_id and person_id in (select person_id from visible_people($as_of, $scope));
