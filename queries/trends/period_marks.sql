-- Mỗi dòng là một mốc trong thời gian đang xem để đánh dấu trên trục: ngày sáp nhập (xã nào thành xã nào), ngày chốt số
-- liệu (danh sách của bao nhiêu xã, thị trấn tính đến ngày ấy).
with mine as (
    select unit_id, short_name, code
    from unit
    where in_scope(province_code, district_code, code, $scope)
),

merged as (
    select
        l.on_date, 'sap_nhap' as mark,
        string_agg(o.short_name, ', ' order by o.short_name, o.unit_id) || ' thành ' || any_value(n.short_name) as note
    from unit_lineage as l
    inner join mine as o on l.from_unit = o.unit_id
    inner join mine as n on l.to_unit = n.unit_id
    where l.event = 'merge' and (chosen($communes, o.code) or chosen($communes, n.code))
    group by l.on_date, l.to_unit
),

reported as (
    select
        b.as_of as on_date, 'chot_so_lieu' as mark,
        'danh sách của ' || count(distinct b.unit_id) || ' xã, thị trấn' as note
    from batch_unit as b
    inner join mine as u on b.unit_id = u.unit_id
    where chosen($communes, u.code) and b.batch_id in (select batch_id from live_batch())
    group by b.as_of
),

listed as (
    select on_date, mark, note from merged
    union all
    select on_date, mark, note from reported
)

select on_date, mark, note
from listed
where on_date > $from_on and on_date <= $as_of
order by on_date, mark, note;
