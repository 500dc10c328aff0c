-- Trình độ của từng người theo thời gian. Mức chưa rõ ngày đạt được tính từ ngày danh sách đầu tiên nêu nó.
create or replace temp table qualified as
select
    q.person_id, q.criterion, q.level, q.field, q.status, l.rank, l.place, w.field_group,
    counts_from(q.obtained_on, q.obtained_precision, q.reported_on) as effective_on
from qualification as q
left join level_order('level') as l on q.criterion = l.criterion and q.level = l.level
left join field_meaning as w on text_key(q.field) = w.word
where q.person_id in (select person_id from concerned);

create or replace temp table held_step as
select * from level_steps('qualified');
