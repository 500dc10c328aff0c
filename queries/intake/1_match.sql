-- Ai trong các dòng mới là người kho đã biết. Chắc chắn: cùng số định danh và họ tên gần giống hoặc ngày sinh không
-- khác; hoặc cùng họ tên (không kể cách đặt dấu thanh), ngày sinh và xã, mà không ai khác có số ấy. Gần giống thì hỏi,
-- không đoán. Sổ của phòng nói về người đã biết nên không cần cùng xã. CMND và căn cước có thể là của một người.
create or replace temp table pair as
select i.who, p.person_id
from incoming_person as i
inner join incoming_number as n on i.who = n.who
inner join person as p on n.number = p.identifier
union
select i.who, p.person_id
from incoming_person as i
inner join person as p on i.spelled = p.spelled
union
select i.who, p.person_id
from incoming_person as i
inner join person as p on i.birth_on = p.birth_on
where i.birth_precision = 'ngay' and similar_names(i.name_key, p.name_key);

-- Where each of them has served.
create or replace temp table served as
select person_id, unit_id from posting
where person_id in (select r.person_id from pair as r)
union
select person_id, unit_id from seat
where person_id in (select r.person_id from pair as r);

create or replace temp table alike as
with numbered as (
    select
        who, list(number) as numbers,
        case
            when bool_and(length(number) = 9) then 'old' when bool_and(length(number) = 12) then 'new' else 'both'
        end as paper
    from incoming_number
    group by who
),

compared as (
    select
        r.who, r.person_id, i.source, coalesce(list_contains(n.numbers, p.identifier), false) as same_identifier,
        -- Of the old paper and of the new one the numbers differ.
        not list_contains(n.numbers, p.identifier) and not (n.paper = 'old' and length(p.identifier) = 12)
        and not (n.paper = 'new' and length(p.identifier) = 9) as other_identifier, i.spelled = p.spelled as same_name,
        similar_names(i.name_key, p.name_key) as like_name,
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
            inner join incoming_posting as held on r.who = held.who and o.post = held.post
            where o.person_id = r.person_id and o.from_on <= $as_of and (o.to_on is null or o.to_on > $as_of)
        ) as same_post
    from pair as r
    inner join incoming_person as i on r.who = i.who
    inner join person as p on r.person_id = p.person_id
    left join numbered as n on r.who = n.who
)

select
    who, person_id, same_identifier,
    case
        when same_identifier then like_name or coalesce(same_birth, false)
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
where is_sure and who not in (select a.who from alike as a where a.same_identifier and not a.is_sure)
qualify count(*) over (partition by who) = 1 and count(*) over (partition by person_id) = 1;

-- Những câu phải hỏi: dòng này có phải là người ấy không, hoặc có phải là một dòng khác của cùng đợt không.
create or replace temp table question as
select who, person_id, null::bigint as same_as
from alike
where
    who not in (select who from matched)
    -- Whose number it is belongs to the question, also where another row is that person.
    and (same_identifier or person_id not in (select person_id from matched))
union all
select b.who, null, a.who
from incoming_person as a
inner join incoming_person as b on a.birth_on = b.birth_on and a.who < b.who
where
    a.source = 'list' and b.source = 'list' and a.birth_precision = 'ngay' and b.birth_precision = 'ngay'
    and similar_names(a.name_key, b.name_key)
    and (select u.district_code from unit as u where u.unit_id = a.unit_id)
    = (select u.district_code from unit as u where u.unit_id = b.unit_id)
    and b.who not in (select who from matched)
    and (a.identifier = b.identifier or a.identifier is null or b.identifier is null)
union
-- Two rows of one number that have neither the name nor the birth date in common.
select distinct b.who, null, a.who
from incoming_number as n
inner join incoming_number as m on n.number = m.number and n.who < m.who
inner join incoming_person as a on n.who = a.who
inner join incoming_person as b on m.who = b.who
where a.source = 'list' and b.source = 'list' and b.who not in (select who from matched);

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
