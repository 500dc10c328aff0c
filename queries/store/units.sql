-- Các xã, thị trấn tồn tại vào ngày đã chọn mà người xem được phép thấy.
select
    u.unit_id, u.code as unit_code, u.kind, u.short_name as commune, u.district, u.province_code, u.province,
    u.area, u.tile_col, u.tile_row
from unit as u
where
    is_there(u.valid_from, u.ended_on, $as_of)
    and in_scope(u.province_code, u.district_code, u.code, $scope)
order by u.code, u.unit_id;
