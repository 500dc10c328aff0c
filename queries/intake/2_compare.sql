-- Danh sách nói gì khác với kho. Kết quả: các bảng *_plan là điều đợt này sẽ nói; difference là điều khác, từng
-- trường một; missing là người đang giữ chức vụ ở nơi và nhóm mà danh sách nói đến nhưng không có tên.
create or replace temp table place_of as
-- Units merged by the day of the list are one place; those that will be merged later are not.
select p.unit_id, u.now_unit as same_unit
from (
    select distinct unit_id from incoming_posting
    union
    select distinct unit_id from posting
) as p
inner join unit_succession as u on p.unit_id = u.unit_id
where u.from_on <= $as_of and u.to_on > $as_of;

create or replace temp table listed_posting as
select
    w.person_id, i.* exclude (who),
    row_number() over (order by w.person_id, i.source, i.unit_id, i.post, i.from_on, i.to_on) as n
from incoming_posting as i
inner join person_of as w on i.who = w.who
qualify row_number() over (
        partition by w.person_id, i.unit_id, i.post, i.from_on, i.to_on
        order by i.source, i.first_held_on nulls last
    ) = 1;

-- Cùng người, nơi và chức vụ, và hai khoảng thời gian gặp nhau, là một lần giữ chức vụ.
create or replace temp table known_posting as
with pair as (
    select n.n, o.posting_id, abs(date_diff('day', n.from_on, o.from_on)) as apart
    from listed_posting as n
    inner join posting as o
        on n.person_id = o.person_id and n.post = o.post
        and n.from_on < coalesce(o.to_on, date '9999-12-31') and o.from_on < coalesce(n.to_on, date '9999-12-31')
    where
        o.unit_id = n.unit_id
        or exists (
            select 1
            from place_of as a
            inner join place_of as b on a.same_unit = b.same_unit
            where a.unit_id = o.unit_id and b.unit_id = n.unit_id
        )
        -- Or the one became the other, whenever that was.
        or exists (
            select 1
            from unit_succession as u
            where (u.unit_id, u.now_unit) in ((o.unit_id, n.unit_id), (n.unit_id, o.unit_id))
        )
)

select n, posting_id
from pair
qualify row_number() over (partition by n order by apart, posting_id) = 1
    and row_number() over (partition by posting_id order by apart, n) = 1;

create or replace temp table posting_plan as
select
    n.n, n.person_id, n.source, k.posting_id as known_id, o.unit_id as known_unit,
    coalesce(
        k.posting_id,
        (select coalesce(max(posting_id), 0) from posting_claim)
        + row_number() over (partition by k.posting_id is null order by n.n)
    ) as posting_id,
    coalesce(o.unit_id, n.unit_id) as unit_id, n.post,
    n.from_on, n.from_precision, n.to_on, n.end_reason, n.first_held_on, n.first_held_precision,
    -- A start may be moved back or made more exact, but not forward unless the officer says so.
    c.takes_from, c.takes_first,
    -- A list that names somebody says that the post is held; that it had ended is not forgotten without a word.
    coalesce(n.source = 'list' and n.to_on is null and o.to_on <= $as_of, false) as reopens,
    (n.person_id, 'to_on') in (select (person_id, field) from accepted) as may_reopen,
    -- A list with one column for both days says nothing of the first.
    coalesce(
        n.first_held_on > latest(o.first_held_on, o.first_held_precision) and n.first_held_on <> n.from_on, false
    ) as says_later_first,
    o.from_on as old_from, o.from_precision as old_from_precision, o.to_on as old_to, o.end_reason as old_reason,
    o.first_held_on as old_first, o.first_held_precision as old_first_precision
from listed_posting as n
left join known_posting as k on n.n = k.n
left join posting as o on k.posting_id = o.posting_id
cross join lateral (
    select
        o.posting_id is null or clearer(n.from_on, n.from_precision, o.from_on, o.from_precision)
        or (n.person_id, 'from_on') in (select (person_id, field) from accepted) as takes_from,
        o.posting_id is null
        or clearer(n.first_held_on, n.first_held_precision, o.first_held_on, o.first_held_precision)
        or (n.person_id, 'first_held_on') in (select (person_id, field) from accepted) as takes_first
) as c;

-- Danh sách nêu hết chức vụ của một người: chức vụ đang giữ mà không được nêu là đã thôi.
create or replace temp table ended_posting as
select
    o.posting_id, o.person_id, o.unit_id, o.post,
    coalesce(min(p.from_on) filter (where p.from_precision = 'ngay' and p.from_on > o.from_on), $as_of) as to_on,
    case when bool_or(p.unit_id = o.unit_id) then 'doi_chuc_vu' else 'chuyen_cong_tac' end as end_reason
from posting as o
inner join posting_plan as p on o.person_id = p.person_id and p.source = 'list'
where
    o.from_on < $as_of and (o.to_on is null or o.to_on > $as_of)
    and o.posting_id not in (select known_id from posting_plan where known_id is not null)
    -- A list of one group says nothing of what the person does in another.
    and (select group_code from post where post = o.post) in (select group_code from post where post = p.post)
group by o.posting_id, o.person_id, o.unit_id, o.post, o.from_on;

create or replace temp table covered as
select distinct l.unit_id, t.group_code
from listed_posting as l
inner join post as t on l.post = t.post
where l.source = 'list';

create or replace temp table missing as
select o.posting_id, o.person_id, o.unit_id, o.post
from posting as o
inner join post as t on o.post = t.post
where
    o.from_on <= $as_of and (o.to_on is null or o.to_on > $as_of)
    and exists (
        select 1
        from covered as c
        inner join place_of as a on c.unit_id = a.unit_id
        inner join place_of as b on a.same_unit = b.same_unit
        where b.unit_id = o.unit_id and c.group_code = t.group_code
    )
    -- Somebody whom the list names in a post of another group may still hold this one too.
    and o.posting_id not in (
        select known_id from posting_plan
        where known_id is not null and source = 'list'
    )
    and o.posting_id not in (select posting_id from ended_posting);

-- Trình độ cao nhất kho đã biết đến ngày của danh sách, và cao nhất mà danh sách nêu.
create or replace temp table best_known as
select person_id, criterion, level, rank
from certificates($as_of, people := (select coalesce(list(distinct person_id), []) from person_of))
where nth = 1 and is_held;

create or replace temp table lowered as
with listed as (
    -- Studying for a level is to be just below it.
    select
        t.*, case when i.status = 'da_co' then i.level else i.status end as said,
        case when i.status = 'da_co' then l.rank else l.rank - 0.5 end as said_rank
    from best_known as t
    inner join person_of as w on t.person_id = w.person_id
    inner join incoming_qualification as i on w.who = i.who and t.criterion = i.criterion
    inner join level as l on i.criterion = l.criterion and i.level = l.level
    where i.source = 'list'
)

select
    person_id, criterion, arg_max(said, said_rank) as said, max(said_rank) as said_rank, any_value(level) as known
from listed
group by person_id, criterion
having max(said_rank) < any_value(rank);

-- What once yielded to a higher level and is asleep: said again, it is the same.
create or replace temp table asleep as
select q.* exclude (batch_id, withdrawn, yields, obtained_yields)
from qualification_claim as q
where
    q.yields and q.batch_id in (select b.batch_id from live_batch() as b)
    and q.qualification_id not in (select f.qualification_id from qualification as f)
qualify row_number() over (partition by q.qualification_id order by q.batch_id desc) = 1;

create or replace temp table qualification_plan as
with listed as (
    select
        w.person_id, i.* exclude (who), l.rank,
        -- Less than the store knows: the store is right until the officer says otherwise.
        i.source = 'list' and d.person_id is not null
        and (w.person_id, i.criterion) not in (select (person_id, field) from accepted) as is_lower
    from incoming_qualification as i
    inner join person_of as w on i.who = w.who
    left join lowered as d on w.person_id = d.person_id and i.criterion = d.criterion
    left join level as l on i.criterion = l.criterion and i.level = l.level
),

together as (
    select
        person_id, criterion, max(rank) filter (where source = 'list' and status = 'da_co') as highest,
        count(*) > 1 as several
    from listed
    group by person_id, criterion
),

told as (
    select
        s.* exclude (rank, is_lower),
        -- A lower one of several levels of a list, of which it tells nothing more, is within the highest.
        coalesce(
            s.is_lower or (
                s.source = 'list' and s.status = 'da_co' and s.field is null and s.obtained_on is null
                and s.rank < t.highest
            ), false
        ) as yields,
        t.several
    from listed as s
    inner join together as t using (person_id, criterion)
),

once as (
    select * from told where not several
    union all
    select * from told
    where several
    qualify row_number() over (
            partition by person_id, criterion, level, status, text_key(field), obtained_on
            order by source desc, reported_on, evidence
        ) = 1
),

numbered as (
    select
        * exclude (several),
        row_number() over (order by person_id, criterion, obtained_on, level, field, status) as n
    from once
),

known as (
    select
        n.n, o.qualification_id, o.is_asleep, o.field as old_field, o.obtained_on as old_obtained,
        o.obtained_precision as old_precision, o.evidence as old_evidence, o.reported_on as old_reported
    from numbered as n
    inner join (
        select * exclude (batch_id), false as is_asleep from qualification
        union all by name
        select *, true as is_asleep from asleep
    ) as o
        on n.person_id = o.person_id and n.criterion = o.criterion and n.level is not distinct from o.level
        and n.status = o.status
        and (n.field is null or o.field is null or text_key(n.field) = text_key(o.field))
        and (
            n.obtained_on is null or o.obtained_on is null
            or (
                n.obtained_on <= latest(o.obtained_on, o.obtained_precision)
                and o.obtained_on <= latest(n.obtained_on, n.obtained_precision)
            )
        )
    qualify row_number() over (
            partition by n.n
            order by
                n.field is null or o.field is null, n.obtained_on is null or o.obtained_on is null,
                o.qualification_id
        ) = 1
        and row_number() over (
            partition by o.qualification_id order by n.field is null, n.obtained_on is null, n.n
        ) = 1
)

select
    n.*, k.* exclude (n, qualification_id), k.qualification_id as known_id,
    k.qualification_id is null
    or clearer(n.obtained_on, n.obtained_precision, k.old_obtained, k.old_precision) as takes_obtained,
    coalesce(
        k.qualification_id,
        (select coalesce(max(qualification_id), 0) from qualification_claim)
        + row_number() over (partition by k.qualification_id is null order by n.n)
    ) as qualification_id
from numbered as n
left join known as k on n.n = k.n;

create or replace temp table person_plan as
select
    w.person_id, bool_or(w.is_new) as is_new, bool_or(i.source = 'list') as listed,
    -- A list in capitals is no other name.
    arg_min(if(i.spelled = p.spelled, p.full_name, i.full_name), w.who) as full_name,
    arg_min(if(i.spelled = p.spelled, p.family_name, i.family_name), w.who) as family_name,
    arg_min(if(i.spelled = p.spelled, p.given_name, i.given_name), w.who) as given_name,
    arg_min(i.spelled, w.who) as spelled,
    arg_min(i.birth_on, w.who) as birth_on, arg_min(i.birth_precision, w.who) as birth_precision,
    coalesce(bool_or(says_more(i.birth_on, i.birth_precision, p.birth_on, p.birth_precision)), false) as takes_birth,
    arg_min(i.gender, w.who) as gender,
    arg_min(if(text_key(i.ethnicity) = text_key(p.ethnicity), p.ethnicity, i.ethnicity), w.who) as ethnicity,
    -- Of two numbers of one person the store keeps its own, and that of the new paper rather than of the old.
    arg_min(
        if(
            p.identifier in (select n.number from incoming_number as n where n.who = w.who)
            or (
                length(p.identifier) = 12 and length(i.identifier) = 9
                and (w.person_id, 'identifier') not in (select (person_id, field) from accepted)
            ),
            p.identifier, i.identifier
        ), w.who
    ) as identifier,
    any_value(i.unit_id) as unit_id
from person_of as w
inner join incoming_person as i on w.who = i.who
left join person as p on w.person_id = p.person_id
group by w.person_id;

-- Trình độ danh sách nêu mà kho chưa có: một mức kho chưa biết, hay chỉ một ngành, một ngày khác của mức đã biết.
create or replace temp table said_level as
with known as (
    select
        person_id, criterion, level, list(distinct text_key(field)) as field_keys,
        string_agg(distinct field, '; ' order by field) as fields,
        arg_max(partial_date(obtained_on, obtained_precision), obtained_on) as day
    from qualification
    where status = 'da_co' and person_id in (select person_id from person_plan)
    group by person_id, criterion, level
),

fresh as (
    select
        q.person_id, q.criterion, q.level, q.field, q.source, b.level as best, k.fields, k.day as old_day,
        partial_date(q.obtained_on, q.obtained_precision) as day,
        -- A field without a level is one of the highest.
        coalesce(q.level = b.level, q.level is null) as is_of_highest,
        case
            when q.status = 'dang_hoc' then 'studying'
            when q.level is not null and k.level is null then 'level'
            when q.field is not null and not coalesce(list_contains(k.field_keys, text_key(q.field)), false)
                then 'field'
            when q.obtained_on is not null then 'day'
            else 'level'
        end as what,
        if(l.rank <= b.rank, null, b.level) as below
    from qualification_plan as q
    inner join person_plan as p on q.person_id = p.person_id and not p.is_new
    left join best_known as b on q.person_id = b.person_id and q.criterion = b.criterion
    left join known as k
        on q.person_id = k.person_id and q.criterion = k.criterion and coalesce(q.level, b.level) = k.level
    left join level as l on q.criterion = l.criterion and q.level = l.level
    where
        (q.known_id is null or q.is_asleep) and not q.yields
        -- A field without its level, of a level that has it, says nothing more.
        and not (q.level is null and coalesce(list_contains(k.field_keys, text_key(q.field)), false))
        and (
            q.source <> 'list'
            or (q.person_id, q.criterion) not in (select (d.person_id, d.criterion) from lowered as d)
        )
)

select
    person_id, source, what, is_of_highest,
    case what when 'field' then 'nganh' when 'day' then 'obtained_on' else criterion end as field,
    case what when 'studying' then best when 'field' then fields when 'day' then old_day else below end as old,
    case what when 'studying' then 'dang_hoc' when 'field' then field when 'day' then day else level end as new
from fresh;

-- Khác gì, từng trường một. "needs" là điều chờ cán bộ quyết: mặc định kho giữ nguyên.
create or replace temp table difference as
select p.person_id, 'new' as kind, 'full_name' as field, null::varchar as old, p.full_name as new, false as needs
from person_plan as p
where p.is_new
union all
select p.person_id, 'changed', f.field, f.old, f.new, false
from person_plan as p
inner join person as k on p.person_id = k.person_id
cross join
    lateral (
        values
        ('full_name', k.full_name, case when p.spelled <> k.spelled then p.full_name end),
        (
            'birth_date', partial_date(k.birth_on, k.birth_precision),
            case when p.takes_birth then partial_date(p.birth_on, p.birth_precision) end
        ),
        ('gender', k.gender, p.gender),
        ('ethnicity', k.ethnicity, p.ethnicity),
        -- That the officer took an old number is said as such below.
        ('identifier', k.identifier, if(length(k.identifier) = 12 and length(p.identifier) = 9, null, p.identifier))
    ) as f (field, old, new)
where f.new is distinct from f.old and f.new is not null
union all
select person_id, 'changed', 'position', null, post, false
from posting_plan
where known_id is null and person_id not in (select person_id from person_plan where is_new)
union all
select person_id, 'changed', 'position', post, null, false from ended_posting
union all
select
    person_id, 'changed', 'from_on', partial_date(old_from, old_from_precision), partial_date(from_on, from_precision),
    false
from posting_plan
where
    known_id is not null and takes_from and from_on is distinct from old_from
    and from_on <= latest(old_from, old_from_precision)
union all
select
    person_id, 'later', 'from_on', partial_date(old_from, old_from_precision), partial_date(from_on, from_precision),
    not takes_from
from posting_plan
where known_id is not null and from_precision <> 'bao_cao' and from_on > latest(old_from, old_from_precision)
union all
select
    person_id, 'later', 'first_held_on', partial_date(old_first, old_first_precision),
    partial_date(first_held_on, first_held_precision), not takes_first
from posting_plan
where known_id is not null and says_later_first
union all
select person_id, 'later', 'to_on', old_to::varchar, 'dang_giu', not may_reopen
from posting_plan
where reopens
union all
select
    person_id, 'changed', 'first_held_on', partial_date(old_first, old_first_precision),
    partial_date(first_held_on, first_held_precision), false
from posting_plan
where known_id is not null and takes_first and first_held_on is distinct from old_first and not says_later_first
union all
select person_id, 'changed', 'to_on', old_to::varchar, to_on::varchar, false
from posting_plan
where known_id is not null and to_on is not null and to_on is distinct from old_to
union all
select person_id, 'changed', 'end_reason', old_reason, end_reason, false
from posting_plan
where known_id is not null and end_reason is not null and end_reason is distinct from old_reason
union all
select person_id, 'changed', field, old, new, false
from said_level
union all
select person_id, 'changed', 'nganh', old_field, field, false
from qualification_plan
where known_id is not null and field is not null and old_field is null
union all
select
    person_id, 'changed', 'obtained_on', partial_date(old_obtained, old_precision),
    partial_date(obtained_on, obtained_precision), false
from qualification_plan
where known_id is not null and takes_obtained and obtained_on is distinct from old_obtained
union all
select person_id, 'changed', 'evidence', old_evidence, evidence, false
from qualification_plan
where known_id is not null and evidence is not null and evidence is distinct from old_evidence
union all
select
    p.person_id, 'older', 'identifier', k.identifier, arg_min(i.identifier, i.who),
    (p.person_id, 'identifier') not in (select (person_id, field) from accepted)
from person_plan as p
inner join person as k on p.person_id = k.person_id
inner join person_of as w on p.person_id = w.person_id
inner join incoming_person as i on w.who = i.who
where
    length(k.identifier) = 12 and length(i.identifier) = 9
    and k.identifier not in (
        select n.number from incoming_number as n inner join person_of as o on n.who = o.who
        where o.person_id = p.person_id
    )
group by p.person_id, k.identifier
union all
select
    person_id, 'lower', criterion, known, said, (person_id, criterion) not in (select (person_id, field) from accepted)
from lowered;
