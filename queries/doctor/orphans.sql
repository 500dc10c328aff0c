-- Có chức vụ hoặc trình độ không gắn với người, đơn vị hay danh mục nào; kiểm tra tệp danh mục vừa sửa.
select 'posting' as table_name, o.posting_id as id
from posting as o
left join person as p on o.person_id = p.person_id
left join unit as u on o.unit_id = u.unit_id
left join post as t on o.post = t.post
where (p.person_id is null or u.unit_id is null or t.post is null)
union all
select 'qualification', q.qualification_id
from qualification as q
left join person as p on q.person_id = p.person_id
left join level as l on q.criterion = l.criterion and q.level = l.level
where (p.person_id is null or (q.level is not null and l.level is null))
order by table_name, id;
