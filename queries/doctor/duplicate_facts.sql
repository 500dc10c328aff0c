-- Có mã bị trùng trong các bảng sự kiện; khôi phục bản sao lưu gần nhất.
select 'person' as table_name, person_id as id
from person
group by person_id
having count(*) > 1
union all
select 'posting', posting_id from posting group by posting_id having count(*) > 1
union all
select 'qualification', qualification_id from qualification group by qualification_id having count(*) > 1
union all
select 'batch', batch_id from batch group by batch_id having count(*) > 1
order by table_name, id;
