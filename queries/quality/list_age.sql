-- Mỗi dòng là một xã, thị trấn tồn tại vào ngày đang xem: ngày của danh sách mới nhất đã ghi nhận đến ngày ấy và số
-- ngày đã qua. Đợt đã hoàn tác không tính; sau sáp nhập tính cả danh sách của các đơn vị cũ. Để trống là chưa gửi.
with sent as (
    select n.now_unit as unit_id, max(l.as_of) as list_on
    from batch_unit as l
    inner join unit_succession as n on l.unit_id = n.unit_id and n.from_on <= $as_of and n.to_on > $as_of
    where l.as_of <= $as_of and l.batch_id in (select batch_id from live_batch())
    group by n.now_unit
)

select u.code as unit_code, u.short_name as commune, s.list_on, ($as_of - s.list_on)::integer as days_old
from unit as u
left join sent as s on u.unit_id = s.unit_id
where
    is_there(u.valid_from, u.ended_on, $as_of)
    and in_scope(u.province_code, u.district_code, u.code, $scope) and chosen($communes, u.code)
order by s.list_on nulls first, u.code, u.unit_id;
