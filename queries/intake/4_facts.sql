-- Dữ kiện hiện hành của những ai đợt $batch_id nói đến: mỗi trường là điều đợt còn hiệu lực gần nhất đã nói.
create or replace temp table live_batch as select batch_id from batch where undone_at is null;

delete from person where person_id in (select person_id from person_claim where batch_id = $batch_id);

insert into person by name
select
    c.person_id, arg_max(c.full_name, c.batch_id) as full_name, arg_max(c.family_name, c.batch_id) as family_name,
    arg_max(c.given_name, c.batch_id) as given_name, text_key(arg_max(c.full_name, c.batch_id)) as name_key,
    arg_max(c.spelled, c.batch_id) as spelled, arg_max(c.birth_on, (not c.birth_yields, c.batch_id)) as birth_on,
    arg_max(c.birth_precision, (not c.birth_yields, c.batch_id)) as birth_precision,
    arg_max(c.gender, c.batch_id) as gender,
    arg_max(c.ethnicity, c.batch_id) as ethnicity, arg_max(c.identifier, c.batch_id) as identifier,
    max(c.batch_id) as batch_id
from person_claim as c
inner join live_batch as b on c.batch_id = b.batch_id
where c.person_id in (select person_id from person_claim where batch_id = $batch_id)
group by c.person_id
having arg_max(c.full_name, c.batch_id) is not null;

delete from posting where posting_id in (select posting_id from posting_claim where batch_id = $batch_id);

insert into posting by name
select
    c.posting_id, arg_max(c.person_id, c.batch_id) as person_id, arg_max(c.unit_id, c.batch_id) as unit_id,
    arg_max(c.post, c.batch_id) as post, arg_max(c.from_on, (not c.from_yields, c.batch_id)) as from_on,
    arg_max(c.from_precision, (not c.from_yields, c.batch_id)) as from_precision, arg_max(c.to_on, c.batch_id) as to_on,
    arg_max(c.end_reason, c.batch_id) as end_reason,
    arg_max(c.first_held_on, (not c.first_yields, c.batch_id)) as first_held_on,
    arg_max(c.first_held_precision, (not c.first_yields, c.batch_id)) as first_held_precision,
    arg_max(c.evidence, c.batch_id) as evidence, max(c.batch_id) as batch_id
from posting_claim as c
inner join live_batch as b on c.batch_id = b.batch_id
where c.posting_id in (select posting_id from posting_claim where batch_id = $batch_id)
group by c.posting_id
having not arg_max(c.withdrawn, c.batch_id) and arg_max(c.from_on, c.batch_id) is not null;

delete from qualification
where qualification_id in (select qualification_id from qualification_claim where batch_id = $batch_id);

insert into qualification by name
select
    c.qualification_id, arg_max(c.person_id, c.batch_id) as person_id, arg_max(c.criterion, c.batch_id) as criterion,
    arg_max(c.level, c.batch_id) as level, arg_max(c.field, c.batch_id) as field,
    arg_max(c.status, c.batch_id) as status,
    arg_max(c.obtained_on, (not c.obtained_yields, c.batch_id)) as obtained_on,
    arg_max(c.obtained_precision, (not c.obtained_yields, c.batch_id)) as obtained_precision,
    min(c.reported_on) as reported_on,
    arg_max(c.evidence, c.batch_id) as evidence, max(c.batch_id) as batch_id
from qualification_claim as c
inner join live_batch as b on c.batch_id = b.batch_id
where c.qualification_id in (select qualification_id from qualification_claim where batch_id = $batch_id)
group by c.qualification_id
having not arg_max(c.withdrawn, c.batch_id);
