-- Những gì tự diễn ra từ ngày đang xem đến ngày $until theo luật hiện hành mà không ai làm gì thêm: nghỉ hưu đúng tuổi
-- của từng người, nghỉ tinh giản đã được phê duyệt, lớp đang học kết thúc. $early: mọi việc xảy ra sớm nhất có thể;
-- ngược lại là muộn nhất, và lớp đã quá thời gian học thông thường thì coi như không xong.
create or replace temp table leaves as
with serving as (
    select distinct person_id from seated($as_of, $scope, $communes, $groups, $posts, $search)
),

retiring as (
    -- Born some day of a known year or month, or of unknown sex: two dates, the earliest and the latest.
    select person_id, min(retires_on) as earliest, max(at_latest) as latest
    from store.main.retirement
    where person_id in (select person_id from serving)
    group by person_id
),

dated as (
    -- Who is past the age and still serves may go any day, or not at all.
    select
        person_id, 'nghi_huu' as reason, greatest(earliest, $as_of + 1) as earliest,
        case when latest > $as_of then latest end as latest
    from retiring
    union all
    select person_id, 'tinh_gian', min(leaving_on), min(leaving_on)
    from cases($as_of, $scope, $communes, $groups, $posts, $search)
    where reduces and stage = 'waiting' and person_id in (select person_id from serving)
    group by person_id
)

select person_id, case when $early then earliest else latest end as on_date, reason
from dated
where case when $early then earliest else latest end <= $until
qualify row_number() over (partition by person_id order by on_date, reason) = 1;

create or replace temp table finishes as
with course as (
    select
        q.*, q.reported_on + to_months(coalesce(c.months, 0)) as latest
    from store.main.qualification as q
    left join course_length as c on q.criterion = c.criterion and c.level in (q.level, '*')
    where
        q.status = 'dang_hoc' and q.reported_on <= $as_of
        and q.person_id in (select person_id from seated($as_of, $scope, $communes, $groups, $posts, $search))
)

select
    * exclude (latest),
    -- When a course began nobody has told: the next day at the earliest, its whole length after it was first told of
    -- at the latest.
    (case when $early then $as_of + 1 else latest end)::date as on_date
from course
where case when $early then $as_of + 1 else latest end <= $until and ($early or latest > $as_of);

create or replace temp table moved as
select person_id from leaves
union
select person_id from finishes;

-- The people looked at whose facts do not change; `turns` says that they become below, or stop being so, all the same:
-- because the law changes or a deadline passes.
create or replace temp table kept as
select
    person_id,
    bool_or(verdict = 'below' and in_scope and (from_on > $as_of or to_on <= $until)) as turns
from judged(null::date, $scope, $communes, $groups, $posts, $criteria, $search)
where to_on > $as_of and from_on <= $until and person_id not in (select person_id from moved)
group by person_id;

create or replace temp table posting as
select
    p.* replace (
        case when l.on_date < coalesce(p.to_on, date '9999-12-31') then l.on_date else p.to_on end as to_on,
        case when l.on_date < coalesce(p.to_on, date '9999-12-31') then l.reason else p.end_reason end as end_reason
    )
from store.main.posting as p
left join leaves as l on p.person_id = l.person_id and p.from_on < l.on_date
where p.person_id in (select person_id from moved);

create or replace temp table qualification as
select * from store.main.qualification where person_id in (select person_id from moved)
union all by name
select
    -qualification_id as qualification_id, person_id, criterion, level, field, 'da_co' as status,
    on_date as obtained_on, 'ngay' as obtained_precision, on_date as reported_on, evidence, batch_id
from finishes;
