-- Các tỉnh, và các huyện còn cấp huyện, có xã, thị trấn vào ngày đã chọn trong phạm vi của người xem: mã, tên, huyện
-- thuộc tỉnh nào. Để thu hẹp điều đang xem.
with seen as (
    select u.*
    from unit as u
    where
        is_there(u.valid_from, u.ended_on, $as_of)
        and in_scope(u.province_code, u.district_code, u.code, $scope)
),

place as (
    select province_code as place_code, any_value(province) as place, null as province
    from seen
    group by province_code
    union all
    select province_code || '/' || district_code, any_value(district), any_value(province)
    from seen
    where district_code is not null
    group by province_code, district_code
)

select place_code, place, province
from place
order by place_code;
