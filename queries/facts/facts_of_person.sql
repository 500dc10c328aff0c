-- Điều kho đang biết về một người, như các trường của biểu mẫu sửa thông tin.
select * exclude (name_key, batch_id) from person
where person_id = $person_id and person_id in (select person_id from visible_people($as_of, $scope));
