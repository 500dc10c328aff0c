-- Những chức vụ đang giữ mà danh sách không nêu tên người giữ, theo xã, thị trấn của ngày danh sách.
select o.posting_id, o.person_id, p.full_name, u.short_name as commune, o.post
from posting as o
inner join person as p on o.person_id = p.person_id
inner join unit_succession as n on o.unit_id = n.unit_id and n.from_on <= $as_of and n.to_on > $as_of
inner join unit as u on n.now_unit = u.unit_id
where list_contains($postings, o.posting_id) and in_scope(u.province_code, u.district_code, u.code, $scope)
order by u.code, p.given_name collate vi, p.family_name collate vi, o.person_id, o.post, o.posting_id;
