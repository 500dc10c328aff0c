-- Điều đợt này nói mà không thể đúng cùng với điều kho đã biết, hay với một dòng khác của đợt: giữ chức vụ, đạt trình
-- độ khi còn quá trẻ; còn giữ chức vụ khi đã quá già ($oldest tuổi); giữ chức lần đầu sau khi đã nhận chính chức vụ ấy.
-- "is_said" và "birth_said" là điều đợt này nói, không thì là điều kho đã biết.
create or replace temp table impossible as
with born as (
    select
        p.person_id, p.listed, p.takes_birth as birth_said,
        if(p.takes_birth, p.birth_on, k.birth_on) as birth_on,
        if(p.takes_birth, p.birth_precision, k.birth_precision) as birth_precision
    from person_plan as p
    left join person as k on p.person_id = k.person_id
),

held as (
    select
        person_id, post, takes_from as says_from, takes_first and first_held_on is not null as says_first,
        if(takes_from, from_on, old_from) as from_on, if(takes_from, from_precision, old_from_precision) as from_p,
        if(says_first, first_held_on, old_first) as first_on,
        if(says_first, first_held_precision, old_first_precision) as first_p
    from posting_plan
    union all
    select
        o.person_id, o.post, false, false, o.from_on, o.from_precision, o.first_held_on, o.first_held_precision
    from posting as o
    inner join born as b on o.person_id = b.person_id
    where o.posting_id not in (select p.known_id from posting_plan as p where p.known_id is not null)
),

moment as (
    select
        person_id, 'from_on' as field, post as what, from_on as on_date, from_p as p, says_from as is_said,
        youngest_in_post() as age
    from held
    union all
    select person_id, 'first_held_on', post, first_on, first_p, says_first, youngest_in_post()
    from held
    where first_on is distinct from from_on or first_p is distinct from from_p
    union all
    select
        person_id, criterion, level, if(takes_obtained, obtained_on, old_obtained),
        if(takes_obtained, obtained_precision, old_precision), takes_obtained and obtained_on is not null,
        youngest_for(level)
    from qualification_plan
    where status = 'da_co' and level is not null
    union all
    select q.person_id, q.criterion, q.level, q.obtained_on, q.obtained_precision, false, youngest_for(q.level)
    from qualification as q
    inner join born as b on q.person_id = b.person_id
    where
        q.status = 'da_co' and q.level is not null
        and q.qualification_id not in (select p.known_id from qualification_plan as p where p.known_id is not null)
)

select
    b.person_id, 'young' as why, m.field, m.what, m.age, m.on_date,
    if(m.p = 'bao_cao', 'ngày báo cáo ' || vn_date(m.on_date), vn_moment(m.on_date, m.p)) as moment, m.is_said,
    b.birth_on as other_on, vn_moment(b.birth_on, b.birth_precision) as other, b.birth_said as other_said
from born as b
inner join moment as m on b.person_id = m.person_id
where
    b.birth_on + to_years(m.age::integer) > latest(m.on_date, m.p) and m.age > 0
    and (m.is_said or b.birth_said)
union all
select
    person_id, 'old', 'birth_date', null, $oldest, birth_on, vn_moment(birth_on, birth_precision), false,
    null, null, false
from born
where listed and not birth_said and latest(birth_on, birth_precision) + to_years($oldest + 1) <= $as_of
union all
select
    person_id, 'late', 'first_held_on', post, null, first_on, vn_moment(first_on, first_p), says_first, from_on,
    if(from_p = 'bao_cao', 'ngày báo cáo ' || vn_date(from_on), vn_moment(from_on, from_p)), says_from
from held
where first_on > latest(from_on, from_p) and (says_first or says_from);
