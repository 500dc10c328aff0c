-- Từng xã của ngày đang xem và hướng dẫn đang áp dụng: xã được cho thêm thời gian đến hết ngày nào, theo văn bản nào.
select g.document, d.short as legal_ref, u.code as unit_code, u.short_name as commune, c.until, c.number
from (select distinct document from guidance where is_there(effective_from, ended_on, $as_of)) as g
inner join legal_document as d on g.document = d.document
inner join unit as u
    on is_there(u.valid_from, u.ended_on, $as_of) and in_scope(u.province_code, u.district_code, u.code, $scope)
left join guidance_clock as c on g.document = c.document and u.code = c.unit_code
order by g.document, u.code, u.unit_id;
