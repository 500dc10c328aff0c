-- Bao nhiêu người mà người xem được thấy hồ sơ.
select count(*) as people from visible_people($as_of, $scope);
