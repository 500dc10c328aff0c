-- Ai trong các dòng mới là người kho đã biết. Chắc chắn: cùng số định danh; hoặc cùng họ tên (không kể cách đặt dấu
-- thanh), ngày sinh và xã. Gần giống thì hỏi, không đoán. Sổ của phòng nói về người đã biết nên không cần cùng xã.
create or replace temp table served as
select distinct person_id, unit_id from posting
union
select distinct person_id, unit_id from seat;

create or replace temp table alike as
with pair as (
    select i.who, p.person_id
    from incoming_person as i
    inner join person as p on i.identifier = p.identifier
    union
    select i.who, p.person_id
    from incoming_person as i
    inner join person as p on i.spelled = p.spelled
    union
    select i.who, p.person_id
    from incoming_person as i
    inner join person as p on i.birth_on = p.birth_on
    where i.birth_precision = 'ngay' and similar_names(text_key(i.full_name), p.name_key)
),

compared as (
    select
        r.who, r.person_id, i.source, i.identifier = p.identifier as same_identifier,
        i.identifier <> p.identifier as other_identifier, i.spelled = p.spelled as same_name,
        i.birth_on is null or p.birth_on is null as birth_open,
        i.birth_on <= latest(p.birth_on, p.birth_precision)
        and p.birth_on <= latest(i.birth_on, i.birth_precision) as same_birth,
        exists(select 1 from served as s where s.person_id = r.person_id and s.unit_id = i.unit_id) as here,
        exists(
            select 1
            from served as s
            inner join unit as u on s.unit_id = u.unit_id
            inner join unit as v on v.unit_id = i.unit_id and u.district_code = v.district_code
            where s.person_id = r.person_id
        ) as near,
        exists(
            select 1
            from posting as o
            inner join incoming_posting as n on n.who = r.who and o.post = n.post
            where o.person_id = r.person_id and o.from_on <= $as_of and (o.to_on is null or o.to_on > $as_of)
        ) as same_post
    from pair as r
    inner join incoming_person as i on r.who = i.who
    inner join person as p on r.person_id = p.person_id
)

select
    who, person_id,
    case
        when same_identifier then true
        when other_identifier or not same_name then false
        when same_birth then here or source = 'register'
        else coalesce(birth_open, false) and here and (same_post or source = 'register')
    end as is_sure
from compared
where
    same_identifier
    or (same_name and (same_birth or here))
    or (not coalesce(other_identifier, false) and same_birth and near);

-- Một dòng chắc chắn là một người, và người ấy không là hai dòng.
create or replace temp table matched as
select who, person_id
from alike
where is_sure
qualify count(*) over (partition by who) = 1 and count(*) over (partition by person_id) = 1;

-- Những câu phải hỏi: dòng này có phải là người ấy không, hoặc có phải là một dòng khác của cùng đợt không.
create or replace temp table question as
select who, person_id, null::bigint as same_as
from alike
where who not in (select who from matched) and person_id not in (select person_id from matched)
union all
select b.who, null, a.who
from incoming_person as a
inner join incoming_person as b on a.birth_on = b.birth_on and a.who < b.who
inner join unit as u on a.unit_id = u.unit_id
inner join unit as v on b.unit_id = v.unit_id and u.district_code = v.district_code
where
    a.source = 'list' and b.source = 'list' and a.birth_precision = 'ngay' and b.birth_precision = 'ngay'
    and similar_names(text_key(a.full_name), text_key(b.full_name))
    and b.who not in (select who from matched)
    and (a.identifier = b.identifier or a.identifier is null or b.identifier is null);

create or replace temp table person_of as
with told as (
    select i.who, coalesce(a.person_id, m.person_id) as person_id, coalesce(a.same_as, i.who) as root
    from incoming_person as i
    left join answer as a on i.who = a.who
    left join matched as m on i.who = m.who and a.who is null
    -- Until a question is answered its row waits.
    where a.who is not null or i.who not in (select who from question)
),

rooted as (
    select t.who, r.person_id, t.root
    from told as t
    inner join told as r on t.root = r.who
),

fresh as (
    select
        root,
        (select coalesce(max(person_id), 0) from person_claim) + row_number() over (order by root) as person_id
    from rooted
    where person_id is null
    group by root
)

select r.who, coalesce(r.person_id, f.person_id) as person_id, r.person_id is null as is_new
from rooted as r
left join fresh as f on r.root = f.root;
