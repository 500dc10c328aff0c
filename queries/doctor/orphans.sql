-- Có chức vụ, trình độ hoặc quy định không gắn với người, đơn vị, văn bản hay danh mục nào; kiểm tra tệp danh mục vừa
-- sửa.
select 'posting' as table_name, o.posting_id::varchar as id
from posting as o
left join person as p on o.person_id = p.person_id
left join unit as u on o.unit_id = u.unit_id
left join post as t on o.post = t.post
where (p.person_id is null or u.unit_id is null or t.post is null)
union all
select 'qualification', q.qualification_id::varchar
from qualification as q
left join person as p on q.person_id = p.person_id
left join level as l on q.criterion = l.criterion and q.level = l.level
where (p.person_id is null or (q.level is not null and l.level is null))
union all
-- A rule of an unknown document would count, and have no name in any list.
select 'standard', s.standard
from (select standard, document, unnest(string_split(posts, ' ')) as post from standard) as s
left join legal_document as d on s.document = d.document
left join post as t on s.post = t.post
where d.document is null or t.post is null
order by table_name, id;
