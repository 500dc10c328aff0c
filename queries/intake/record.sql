-- Ghi nhận một đợt số liệu. Bảng tạm incoming_person, incoming_posting, incoming_qualification giữ các dòng mới,
-- "who" là số thứ tự người trong đợt; $batch_id là đợt. Không ghi đè: dòng đã biết mà nay rõ hơn thì dòng cũ đóng
-- lại bằng ended_batch_id.

-- Người đã có: cùng tên và cùng ngày sinh; thiếu ngày sinh thì cùng tên và cùng đơn vị.
create or replace temp table matched as
select i.who, min(p.person_id) as person_id
from incoming_person as i
inner join person as p
    on p.ended_batch_id is null and text_key(i.full_name) = p.name_key
    and (
        p.birth_on = i.birth_on
        or (
            (p.birth_on is null or i.birth_on is null)
            and exists (select 1 from posting as o where o.person_id = p.person_id and o.unit_id = i.unit_id)
        )
    )
group by i.who;

create or replace temp table person_of as
select
    i.who, m.person_id is null as is_new,
    coalesce(
        m.person_id,
        (select coalesce(max(person_id), 0) from person)
        + row_number() over (partition by m.person_id is null order by i.who)
    ) as person_id
from incoming_person as i
left join matched as m on i.who = m.who;

create or replace temp table clearer_person as
select
    p.person_id, p.full_name, p.family_name, p.given_name, p.name_key,
    coalesce(p.birth_on, i.birth_on) as birth_on,
    coalesce(p.birth_precision, i.birth_precision) as birth_precision, coalesce(p.gender, i.gender) as gender,
    coalesce(p.ethnicity, i.ethnicity) as ethnicity
from incoming_person as i
inner join person_of as w on i.who = w.who and not w.is_new
inner join person as p on w.person_id = p.person_id and p.ended_batch_id is null
where
    (p.birth_on is null and i.birth_on is not null) or (p.gender is null and i.gender is not null)
    or (p.ethnicity is null and i.ethnicity is not null);

update person set ended_batch_id = $batch_id
where ended_batch_id is null and person_id in (select person_id from clearer_person);

insert into person by name
select *, $batch_id::integer as batch_id from clearer_person
union all by name
select
    w.person_id, i.full_name, i.family_name, i.given_name, text_key(i.full_name) as name_key,
    i.birth_on, i.birth_precision, i.gender, i.ethnicity, $batch_id::integer as batch_id
from incoming_person as i
inner join person_of as w on i.who = w.who and w.is_new;

-- Chức vụ: cùng người, đơn vị, chức vụ và ngày nhận là một. Danh sách không ghi ngày nhận thì không sửa chức vụ
-- đang giữ.
create or replace temp table posting_seen as
select
    w.person_id, i.* exclude (who),
    row_number() over (partition by w.person_id, i.unit_id, i.post, i.from_on order by i.to_on nulls last) as nth
from incoming_posting as i
inner join person_of as w on i.who = w.who;

create or replace temp table posting_change as
select
    n.person_id, n.unit_id, n.post, n.from_on, n.from_precision, coalesce(n.to_on, o.to_on) as to_on,
    coalesce(n.end_reason, o.end_reason) as end_reason, coalesce(n.first_held_on, o.first_held_on) as first_held_on,
    coalesce(n.first_held_precision, o.first_held_precision) as first_held_precision, o.posting_id
from posting_seen as n
left join posting as o
    on o.ended_batch_id is null and n.person_id = o.person_id and n.unit_id = o.unit_id and n.post = o.post
    and (n.from_on = o.from_on or (n.from_precision = 'bao_cao' and o.to_on is null and o.from_on <= n.from_on))
where
    n.nth = 1
    and (
        o.posting_id is null
        or (n.to_on is not null and n.to_on is distinct from o.to_on)
        or (n.first_held_on is not null and n.first_held_on is distinct from o.first_held_on)
    );

update posting set ended_batch_id = $batch_id
where posting_id in (select posting_id from posting_change);

insert into posting by name
select
    (select coalesce(max(posting_id), 0) from posting)
    + row_number() over (order by person_id, from_on, unit_id, post) as posting_id,
    * exclude (posting_id), $batch_id::integer as batch_id
from posting_change;

-- Trình độ: cùng người, tiêu chí, mức và ngành là một; biết thêm ngày đạt hoặc minh chứng thì thay dòng cũ.
create or replace temp table qualification_change as
with seen as (
    select
        w.person_id, i.* exclude (who),
        row_number() over (
            partition by w.person_id, i.criterion, i.level, i.status, text_key(i.field), i.obtained_on
            order by i.reported_on, i.evidence
        ) as nth
    from incoming_qualification as i
    inner join person_of as w on i.who = w.who
)

select
    n.person_id, n.criterion, n.level, coalesce(n.field, o.field) as field, n.status,
    coalesce(n.obtained_on, o.obtained_on) as obtained_on,
    case when n.obtained_on is null then o.obtained_precision else n.obtained_precision end as obtained_precision,
    least(n.reported_on, o.reported_on) as reported_on, coalesce(n.evidence, o.evidence) as evidence, o.qualification_id
from seen as n
left join qualification as o
    on o.ended_batch_id is null and n.person_id = o.person_id and n.criterion = o.criterion
    and n.level is not distinct from o.level and n.status = o.status
    and (n.field is null or o.field is null or text_key(n.field) = text_key(o.field))
    and (n.obtained_on is null or o.obtained_on is null or n.obtained_on = o.obtained_on)
where
    n.nth = 1
    and (
        o.qualification_id is null
        or (o.obtained_on is null and n.obtained_on is not null)
        or (o.field is null and n.field is not null)
        or (o.evidence is null and n.evidence is not null)
    )
qualify row_number() over (
        partition by n.person_id, o.qualification_id, n.criterion, n.level, n.status, n.field, n.obtained_on
        order by n.evidence
    ) = 1;

update qualification set ended_batch_id = $batch_id
where qualification_id in (select qualification_id from qualification_change);

insert into qualification by name
select
    (select coalesce(max(qualification_id), 0) from qualification)
    + row_number() over (order by person_id, criterion, obtained_on, level, field) as qualification_id,
    * exclude (qualification_id), $batch_id::integer as batch_id
from qualification_change;
