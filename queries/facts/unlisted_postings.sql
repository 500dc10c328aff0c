-- Những chức vụ đang giữ mà danh sách không nêu tên người giữ, theo xã, thị trấn của ngày danh sách.
select o.posting_id, o.person_id, p.full_name, u.commune, o.post
from posting as o
inner join person as p on o.person_id = p.person_id
inner join ledger_unit($as_of, $scope) as u on o.unit_id = u.unit_id
where list_contains($postings, o.posting_id)
order by u.unit_code, p.given_name collate vi, p.family_name collate vi, o.person_id, o.post, o.posting_id;
