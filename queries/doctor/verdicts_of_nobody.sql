-- Có kết luận không gắn với người, chức vụ hoặc đơn vị nào trong kho; khôi phục bản sao lưu gần nhất.
select a.person_id, a.posting_id, a.unit_id, a.criterion, a.from_on
from assessment_spell as a
left join person as p on a.person_id = p.person_id
left join posting as o on a.posting_id = o.posting_id and a.person_id = o.person_id
left join unit as u on a.unit_id = u.unit_id
where (p.person_id is null or o.posting_id is null or u.unit_id is null)
order by a.person_id, a.posting_id, a.criterion, a.from_on;
