-- Điều kho đang biết về một lần giữ chức vụ, để sửa hoặc ghi thôi giữ.
select * from posting
where posting_id = $posting_id and person_id in (select person_id from visible_people($as_of, $scope));
