-- Quy định nào ràng buộc chức vụ nào, ở chế độ nào, trong khoảng thời gian nào. Mỗi dòng tiêu chuẩn có hiệu lực
-- đến khi dòng kế tiếp của cùng chức vụ, tiêu chí và địa bàn thay nó; mức trống chấm dứt. "Chế độ" (regime) là địa
-- bàn cộng các quyết định của tỉnh đang phủ lên một xã.
create or replace temp table decision_row as
select
    *, coalesce(ended_on, date '9999-12-31') as until,
    row_number() over (order by decision, document, criterion, level, effective_from, posts, units) as nth
from provincial_decision;

create or replace temp table unit_regime as
select
    u.unit_id, u.area, u.area || coalesce(':' || string_agg(d.nth::varchar, '+' order by d.nth), '') as regime,
    coalesce(list(d.nth order by d.nth) filter (where d.nth is not null), []) as decisions
from unit as u
left join decision_row as d
    on u.province_code = d.province_code
    and case
        when d.units is null then u.area = 'mien_nui'
        else list_contains(string_split(d.units, ' '), u.code)
    end
group by u.unit_id, u.area;

create or replace temp table regime as
select regime, area, decisions from unit_regime
union
from (values ('mien_nui', 'mien_nui', []), ('dong_bang', 'dong_bang', [])) as plain (regime, area, decisions);

create or replace temp table rule as
with standard_row as (
    select
        s.* exclude (posts, criteria, area),
        unnest(string_split(s.posts, ' ')) as post, c.criterion, a.area
    from standard as s
    cross join lateral (select unnest(string_split(s.criteria, ' ')) as criterion) as c
    inner join (values ('mien_nui'), ('dong_bang')) as a (area) on s.area is null or s.area = a.area
),

chained as (
    select *, lead(effective_from) over (partition by post, criterion, area order by effective_from) as next_from
    from standard_row
    where not alternative
),

-- Whoever meets such a row has done enough, whatever the row of the chain asks beside it.
alternative as (
    select s.*, l.rank
    from standard_row as s
    inner join level as l on l.criterion = 'chuyen_mon' and coalesce(s.at_level, s.required) = l.level
    where s.alternative
),

-- A decision on the professional level also moves the level at which the field is looked at.
decided_on as (
    select
        d.* exclude (criterion),
        unnest(case when d.criterion = 'chuyen_mon' then ['chuyen_mon', 'nganh'] else [d.criterion] end) as criterion
    from decision_row as d
),

touching as (
    select
        r.regime, s.post, s.area, d.decision, d.document, d.criterion, d.level as decided_level,
        d.effective_from, d.until, d.nth
    from regime as r
    inner join decided_on as d on list_contains(r.decisions, d.nth)
    inner join (select distinct post, criterion, area, document from standard_row) as s
        on r.area = s.area and d.criterion = s.criterion and d.document = s.document
        and (d.posts is null or list_contains(string_split(d.posts, ' '), s.post))
),

cut as (
    select r.regime, s.area, s.post, s.criterion, s.effective_from as on_date
    from regime as r
    inner join chained as s on r.area = s.area
    union
    select r.regime, s.area, s.post, s.criterion, s.grace_until + 1
    from regime as r
    inner join chained as s on r.area = s.area
    where s.grace_until + 1 < coalesce(s.next_from, date '9999-12-31')
    union
    select regime, area, post, criterion, unnest([effective_from, until]) from touching
    union
    select r.regime, s.area, s.post, s.criterion, s.effective_from
    from regime as r
    inner join alternative as s on r.area = s.area
),

piece as (
    select
        regime, area, post, criterion, on_date as from_on,
        lead(on_date, 1, date '9999-12-31') over (partition by regime, post, criterion order by on_date) as to_on
    from cut
),

ruled as (
    select
        p.regime, p.area, p.post, p.criterion, p.from_on, p.to_on,
        s.* exclude (area, post, criterion, next_from)
    from piece as p
    asof inner join chained as s
        on p.post = s.post and p.criterion = s.criterion and p.area = s.area and p.from_on >= s.effective_from
),

decided as (
    select
        u.*, t.decision, t.decided_level,
        row_number() over (
            partition by u.regime, u.post, u.criterion, u.from_on order by t.effective_from desc, t.nth
        ) as choice
    from ruled as u
    left join touching as t
        on u.regime = t.regime and u.post = t.post and u.criterion = t.criterion and u.document = t.document
        and u.from_on >= t.effective_from and u.from_on < t.until
        and (
            u.province_floor is not null
            or 'tinh_quy_dinh' in (coalesce(u.required, ''), coalesce(u.required_first, ''))
        )
),

level_set as (
    -- A decision replaces what the row leaves to the province: the level itself, or the level at which the field
    -- must fit.
    select
        * exclude (required, required_first, at_level, province_floor, decided_level, choice),
        case
            when required is not null and at_level is null then coalesce(decided_level, required) else required
        end as required,
        case
            when required is null then coalesce(decided_level, required_first) else required_first
        end as required_first,
        case when at_level is not null then coalesce(decided_level, at_level) end as at_level,
        case when area = 'mien_nui' and decision is null then province_floor end as province_floor
    from decided
    where choice = 1
)

select
    r.regime, r.post, p.group_code, r.criterion, r.from_on, r.to_on, r.standard, r.decision, r.effective_from,
    r.required, r.required_first, r.at_level, r.province_floor, coalesce(l.kind, f.kind) as kind,
    l.rank as required_rank, f.rank as first_rank, a.rank as at_rank, o.rank as floor_rank,
    x.standard as or_standard, x.required as or_required, x.field as or_field, x.rank as or_rank,
    f.max_age_male, f.max_age_female, f.min_months_left,
    case when r.from_on <= r.grace_until then r.grace_in_post_before end as grace_in_post_before,
    case when r.from_on <= r.grace_until then r.grace_until end as grace_until,
    coalesce(r.from_on = r.grace_until + 1, false) as after_grace
from level_set as r
inner join post as p on r.post = p.post
left join level as l on l.criterion in (r.criterion, '*') and r.required = l.level
left join level as f on f.criterion in (r.criterion, '*') and r.required_first = f.level
left join level as a on a.criterion = 'chuyen_mon' and r.at_level = a.level
left join level as o on r.criterion = o.criterion and r.province_floor = o.level
asof left join alternative as x
    on r.post = x.post and r.criterion = x.criterion and r.area = x.area and r.from_on >= x.effective_from
where r.required is not null or r.required_first is not null
order by r.regime, r.post, r.criterion, r.from_on;
