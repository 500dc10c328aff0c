-- Luật giả định: quy định như vào ngày $law_on, coi như đã áp dụng vào ngày đang xem, cho những người đang giữ chức vụ
-- vào ngày đó. Bảng tạm che bảng thật trong giao dịch này, không ghi gì vào kho.
create or replace temp table standard as
with listed as (
    select
        * exclude (posts, criteria, area),
        unnest(string_split(posts, ' ')) as posts, c.criterion as criteria, a.area
    from store.main.standard as s
    cross join lateral (select unnest(string_split(s.criteria, ' ')) as criterion) as c
    inner join (values ('mien_nui'), ('dong_bang')) as a (area) on s.area is null or s.area = a.area
    where s.effective_from <= $law_on
),

in_force as (
    select *
    from listed
    qualify row_number() over (partition by posts, criteria, area, alternative order by effective_from desc) = 1
),

lowered as (
    -- As if the province had lowered to the least the text allows, or as if it had no right to.
    select
        effective_from as enacted_from,
        * replace (
            if(
                area = 'mien_nui' and $province = 'lowered' and at_level is null,
                coalesce(province_floor, required), required
            ) as required,
            if(
                area = 'mien_nui' and $province = 'lowered' and at_level is not null,
                coalesce(province_floor, at_level), at_level
            ) as at_level,
            case when $province = 'entered' then province_floor end as province_floor,
            least(effective_from, $as_of) as effective_from,
            case when $grace then grace_in_post_before end as grace_in_post_before,
            case when $grace then grace_until end as grace_until
        )
    from in_force
),

draft_row as (
    select *, unnest(['mien_nui', 'dong_bang']) as area from draft_level
),

drafted as (
    select
        coalesce(s.posts, d.post) as posts, coalesce(s.criteria, d.criterion) as criteria,
        coalesce(s.area, d.area) as area, d.post is not null as is_draft, d.level,
        s.* exclude (posts, criteria, area)
    from lowered as s
    full join draft_row as d on s.posts = d.post and s.criteria = d.criterion and s.area = d.area
    -- What the draft says of a post holds for everybody in it.
    where not coalesce(s.alternative, false) or d.post is null
)

select
    -- One row a post, criterion and kind of area, so each has a name of its own.
    concat_ws(':', case when not is_draft then standard end, posts, criteria, area) as standard,
    case when is_draft then 'du_thao' else document end as document,
    case when not is_draft then article end as article,
    posts, criteria, area,
    case when is_draft then $as_of else effective_from end as effective_from,
    case when is_draft then $as_of else enacted_from end as enacted_from,
    case when is_draft then level else required end as required,
    case when not is_draft then required_first end as required_first,
    case when not is_draft then at_level end as at_level,
    case when not is_draft then field end as field,
    not is_draft and alternative as alternative,
    case when not is_draft then grace_in_post_before end as grace_in_post_before,
    case when not is_draft then grace_until end as grace_until,
    case when not is_draft then province_floor end as province_floor,
    case when not is_draft then floor_confidence end as floor_confidence,
    case when not is_draft then grace_confidence end as grace_confidence,
    case when is_draft then 'V' else confidence end as confidence,
    case when not is_draft then checked_by end as checked_by,
    case when not is_draft then checked_on end as checked_on,
    note
from drafted;

create or replace temp table legal_document as
select * from store.main.legal_document
union all by name
select 'du_thao' as document, $draft as short, $draft as title, 'V' as confidence;

-- A decision of the province that counted on that day counts like the rule it belongs to.
create or replace temp table provincial_decision as
select
    * replace (
        case when effective_from <= $law_on then least(effective_from, $as_of) else effective_from end
            as effective_from
    )
from store.main.provincial_decision
where $province = 'entered';

-- All posts of those who serve on the day: since when somebody serves decides who enjoys a transition period.
create or replace temp table posting as
select p.*
from store.main.posting as p
semi join seated($as_of, $scope, $communes, $groups, $posts, $search) as s on p.person_id = s.person_id;

-- Of what they hold only what some rule asks for: the rest of a country's papers bears on nobody here.
create or replace temp table qualification as
with asked as (
    select distinct case s.criteria when 'nganh' then 'chuyen_mon' else s.criteria end as criterion
    from standard as s
    inner join "level" as l on l."level" in (s.required, s.required_first)
    where l.kind in ('level', 'field')
)

select q.*
from store.main.qualification as q
semi join posting as p on q.person_id = p.person_id
semi join asked as a on q.criterion = a.criterion;
