-- Ghi lại mọi điều đợt $batch_id nói, kể cả điều kho đã biết: đợt trước có bị hoàn tác thì điều đợt này nói vẫn còn.
-- "yields" là mốc nói ít hơn điều kho đã biết lúc ấy: chỉ dùng khi không còn mốc nào khác.
insert into person_claim by name
select * exclude (is_new, listed, unit_id, takes_birth), not takes_birth as birth_yields, $batch_id::integer as batch_id
from person_plan;

insert into posting_claim by name
select
    posting_id, person_id, unit_id, post, from_on, from_precision,
    if(reopens and may_reopen, date '9999-12-31', to_on) as to_on, end_reason, first_held_on, first_held_precision,
    not takes_from as from_yields,
    not takes_first as first_yields,
    false as withdrawn,
    $batch_id::integer as batch_id
from posting_plan
union all by name
select
    e.posting_id, e.person_id, e.unit_id, e.post, true as from_yields, true as first_yields, e.to_on, e.end_reason,
    false as withdrawn,
    $batch_id::integer as batch_id
from ended_posting as e
union all by name
select
    m.posting_id, m.person_id, m.unit_id, m.post, true as from_yields, true as first_yields, d.to_on, d.end_reason,
    false as withdrawn,
    $batch_id::integer as batch_id
from departure as d
inner join missing as m on d.posting_id = m.posting_id;

insert into qualification_claim by name
select
    qualification_id, person_id, criterion, level, field, status, obtained_on, obtained_precision,
    not takes_obtained as obtained_yields, reported_on, evidence, yields, false as withdrawn,
    $batch_id::integer as batch_id
from qualification_plan
union all by name
-- What the officer found wrong in the store: the levels above the one the list names.
select
    q.qualification_id, q.person_id, q.criterion, q.level, q.status, true as obtained_yields, q.reported_on,
    true as withdrawn,
    $batch_id::integer as batch_id
from qualification as q
inner join lowered as d on q.person_id = d.person_id and q.criterion = d.criterion
inner join level as l on q.criterion = l.criterion and q.level = l.level
where
    q.status = 'da_co' and l.rank > d.said_rank
    and (d.person_id, d.criterion) in (select (person_id, field) from accepted);

insert into batch_unit
select $batch_id, unit_id, $as_of, count(distinct person_id)
from listed_posting
where source = 'list'
group by unit_id;
