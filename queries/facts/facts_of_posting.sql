-- Một lần giữ chức vụ.
select * from posting
where posting_id = $posting_id and person_id in (select person_id from visible_people($scope));
