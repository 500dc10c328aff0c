-- Chức vụ từng người đang giữ theo kho, và theo danh sách: chức vụ của nhóm mà danh sách không nói đến thì vẫn giữ.
create or replace temp table held_post as
with place as (
    select person_id, any_value(unit_id) as unit_id
    from listed_posting
    where source = 'list'
    group by person_id
),

before as (
    select
        o.person_id, o.posting_id, o.unit_id, o.post,
        t.group_code in (select c.group_code from covered as c where c.unit_id = p.unit_id) as is_covered
    from place as p
    inner join posting as o on p.person_id = o.person_id
    inner join post as t on o.post = t.post
    where o.from_on <= $as_of and (o.to_on is null or o.to_on > $as_of)
),

said as (
    select person_id, unit_id, post, known_id is null as is_new
    from posting_plan
    where source = 'list'
    union
    select person_id, unit_id, post, false
    from before
    where not is_covered
),

named as (
    select
        n.person_id, p.unit_id, n.side, n.is_new, t.sort,
        t.label || if(n.unit_id = p.unit_id, '', ' (' || u.short_name || ')') as post,
        n.side = 'new' or (n.person_id, n.unit_id, n.post) in (select (s.person_id, s.unit_id, s.post) from said as s)
            as stays
    from (
        select person_id, 'old' as side, unit_id, post, false as is_new from before
        union all
        -- Whoever holds no post by the store has nothing that is moved.
        select person_id, 'new' as side, unit_id, post, is_new from said
        where person_id in (select b.person_id from before as b)
    ) as n
    inner join place as p on n.person_id = p.person_id
    inner join post as t on n.post = t.post
    inner join unit as u on n.unit_id = u.unit_id
)

select
    person_id, unit_id, string_agg(post, '; ' order by sort) filter (where side = 'old') as old,
    string_agg(post, '; ' order by sort) filter (where side = 'new') as new,
    string_agg(post, '; ' order by sort) filter (where is_new) as added, bool_and(stays) as keeps_all
from named
group by person_id, unit_id
having count(*) filter (where side = 'old') > 0;

create or replace temp table nearly_known as
select who, any_value(person_id) as person_id
from question
where who not in (select w.who from person_of as w)
group by who
having count(*) = 1 and count(person_id) = 1
qualify count(*) over (partition by any_value(person_id)) = 1;

-- Điều kho đã biết mà đợt này nói khác (không phải biết thêm hay rõ hơn), để thấy nhiều người cùng đổi một kiểu:
-- "step" là đổi thế nào, số ngày với một ngày tháng; "taken" là kho lấy theo, không thì còn chờ cán bộ quyết.
create or replace temp table moved as
select
    p.person_id, p.unit_id, 'birth_date' as field, vn_moment(k.birth_on, k.birth_precision) as old,
    vn_moment(p.birth_on, p.birth_precision) as new, (p.birth_on - k.birth_on)::varchar as step, true as taken
from person_plan as p
inner join person as k on p.person_id = k.person_id
where
    p.takes_birth and k.birth_on is not null
    and not (
        p.birth_on >= k.birth_on and latest(p.birth_on, p.birth_precision) <= latest(k.birth_on, k.birth_precision)
    )
union all
-- Whoever is asked about one by one, whether they are the one person of the store, may be changed alike too.
select
    k.person_id, i.unit_id, f.field, f.old, f.new, f.step, true
from nearly_known as q
inner join incoming_person as i on q.who = i.who
inner join person as k on q.person_id = k.person_id
cross join
    lateral (
        values
        (
            'birth_date', vn_moment(k.birth_on, k.birth_precision), vn_moment(i.birth_on, i.birth_precision),
            (i.birth_on - k.birth_on)::varchar,
            i.birth_on > latest(k.birth_on, k.birth_precision) or k.birth_on > latest(i.birth_on, i.birth_precision)
        ),
        ('full_name', k.full_name, i.full_name, k.full_name || ' > ' || i.full_name, i.spelled <> k.spelled)
    ) as f (field, old, new, step, differs)
where f.differs
union all
select p.person_id, p.unit_id, f.field, f.old, f.new, f.old || ' > ' || f.new, true
from person_plan as p
inner join person as k on p.person_id = k.person_id
cross join
    lateral (
        values
        ('full_name', k.full_name, if(p.spelled <> k.spelled, p.full_name, null)), ('gender', k.gender, p.gender),
        ('ethnicity', k.ethnicity, p.ethnicity),
        -- Everybody gets a new paper sooner or later.
        ('identifier', k.identifier, if(length(k.identifier) = 9 and length(p.identifier) = 12, null, p.identifier))
    ) as f (field, old, new)
where f.old <> f.new
union all
-- Posts in place of others; and posts beside those that stay, which only show a slip where many take up the same.
select person_id, unit_id, 'position', old, new, old || ' > ' || new, true
from held_post
where not keeps_all and old <> new
union all
select person_id, unit_id, 'more_posts', old, added, added, true
from held_post
where keeps_all and added is not null
union all
select
    t.person_id, t.unit_id, f.field, vn_moment(f.old_on, f.old_p), vn_moment(f.new_on, f.new_p),
    (f.new_on - f.old_on)::varchar, f.takes
from posting_plan as t
cross join
    lateral (
        values
        ('from_on', t.takes_from, t.old_from, t.old_from_precision, t.from_on, t.from_precision),
        (
            'first_held_on', t.takes_first, t.old_first, t.old_first_precision, t.first_held_on,
            t.first_held_precision
        )
    ) as f (field, takes, old_on, old_p, new_on, new_p)
where
    t.known_id is not null and t.source = 'list' and f.old_on is not null and f.old_p <> 'bao_cao'
    and f.new_p <> 'bao_cao'
    and case
        when f.takes then not (f.new_on >= f.old_on and latest(f.new_on, f.new_p) <= latest(f.old_on, f.old_p))
        else f.new_on > latest(f.old_on, f.old_p) and (f.field = 'from_on' or t.says_later_first)
    end
union all
-- A level that is being studied for is said alike too, in place of the one that is known or beside it; it is just below
-- the level that it leads to.
select
    q.person_id, i.unit_id, q.criterion, any_value(b.level), arg_max(q.said, q.rank),
    arg_max(b.level || ' > ' || q.said, q.rank), true
from (
    select
        p.*, if(p.status = 'da_co', p.level, p.status) as said,
        if(p.status = 'da_co', l.rank, l.rank - 0.5) as rank
    from qualification_plan as p
    inner join level as l on p.criterion = l.criterion and p.level = l.level
    where p.source = 'list' and p.known_id is null and not p.yields
) as q
inner join person_plan as i on q.person_id = i.person_id
inner join best_known as b on q.person_id = b.person_id and q.criterion = b.criterion
where q.rank > b.rank
group by q.person_id, i.unit_id, q.criterion
union all
select
    d.person_id, i.unit_id, d.criterion, d.known, d.said, d.known || ' > ' || d.said,
    (d.person_id, d.criterion) in (select (a.person_id, a.field) from accepted as a)
from lowered as d
inner join person_plan as i on d.person_id = i.person_id
union all
select
    s.person_id, i.unit_id, 'nganh', any_value(s.old), string_agg(s.new, '; ' order by s.new),
    any_value(s.old) || ' > ' || string_agg(s.new, '; ' order by s.new), true
from said_level as s
inner join person_plan as i on s.person_id = i.person_id
where
    s.what = 'field' and s.source = 'list' and s.is_of_highest and s.old is not null
    -- One more beside a field that the list names too is no change of it.
    and not exists (
        select 1
        from qualification_plan as q
        inner join best_known as b on q.person_id = b.person_id and q.criterion = b.criterion
        where
            q.person_id = s.person_id and q.criterion = 'chuyen_mon' and q.known_id is not null
            and q.field is not null and q.old_field is not null and coalesce(q.level = b.level, true)
    )
    and not exists (
        select 1
        from field_meaning as a
        inner join field_meaning as b on a.field_group = b.field_group
        where a.word = text_key(s.old) and b.word = text_key(s.new)
    )
group by s.person_id, i.unit_id;
