-- Điều giả định cạnh điều đang có: luật khác (`supposed`) hoặc thời gian tới (`foreseen` và các bảng cùng đầu tên).

-- Kết quả của một giả định: trong kho không có dòng nào, chỉ bảng tạm cùng tên của một phép thử mới có.
create or replace table supposed as
select * from explained(null::date, ['vn'])
where false;

create or replace table foreseen as
select
    '' as variant, posting_id, person_id, group_code, criterion, from_on, to_on, verdict, in_scope, unit_id,
    unit_code, commune, required, could_be_lowered
from judged(null::date, ['vn'])
where false;

create or replace table foreseen_change as
select '' as variant, *
from changed('then', null::date, null::date, ['vn'])
where false;

create or replace table foreseen_leaving (variant varchar, person_id bigint, on_date date, reason varchar);

-- Mỗi người một dòng trong từng nhóm: nặng nhất là kết luận nào theo quy định đang áp dụng và theo luật giả định.
create or replace macro compared(
    as_of, scope, communes := []::varchar[], groups := []::varchar[], posts := []::varchar[], criteria := []::varchar[],
    search := ''
) as table
    with held as (
        select 'now' as law, person_id, group_code, unit_id, severity(verdict) as severity, in_scope
        from judged(as_of, scope, communes, groups, posts, criteria, search)
        union all
        select 'then', person_id, group_code, unit_id, severity(verdict), in_scope from supposed
    )

    select
        person_id, group_code, unit_id,
        coalesce(max(severity) filter (where law = 'now'), 0) as now_severity,
        coalesce(max(severity) filter (where law = 'then'), 0) as then_severity
    from held
    where in_scope and (select count(*) from supposed) > 0
    group by person_id, group_code, unit_id;

-- Mỗi phần (nhóm, nơi theo `place_of`, hoặc tất cả): bao nhiêu người được xét, chưa đạt, thiếu dữ liệu, trong lộ trình
-- theo quy định đang áp dụng và theo luật giả định, bao nhiêu người thành chưa đạt, thôi chưa đạt. Mỗi người một lần
-- trong một phần.
create or replace macro now_and_then(
    split_by, as_of, scope, communes := []::varchar[], groups := []::varchar[], posts := []::varchar[],
    criteria := []::varchar[], search := ''
) as table
    with person_once as (
        select
            coalesce(if(split_by = 'group', c.group_code, p.unit_code || '|' || p.commune), 'tat_ca') as part,
            c.person_id, max(c.now_severity) as now_severity, max(c.then_severity) as then_severity
        from compared(as_of, scope, communes, groups, posts, criteria, search) as c
        inner join place_of(split_by) as p on c.unit_id = p.unit_id
        group by all
    ),

    counted as (
        select
            part, count(*) as total, verdict_tally(now_severity) as today, verdict_tally(then_severity) as supposedly,
            count(*) filter (
                where then_severity = severity('below') and now_severity < severity('below')
            ) as newly_below,
            count(*) filter (
                where then_severity < severity('below') and now_severity = severity('below')
            ) as no_longer_below
        from person_once
        group by part
    )

    select
        part, total, today.judged as judged_now, supposedly.judged, today.below as below_now, supposedly.below,
        newly_below, no_longer_below, today.unknown as unknown_now, supposedly.unknown,
        today.transitional as transitional_now, supposedly.transitional
    from counted;

-- Từng tiêu chí của một người ở một chức vụ mà kết luận theo luật giả định khác kết luận hiện nay. Chuyển giữa "Đạt" và
-- "Không áp dụng" không kể.
create or replace macro flipped(
    as_of, scope, communes := []::varchar[], groups := []::varchar[], posts := []::varchar[], criteria := []::varchar[],
    verdicts := []::varchar[], search := ''
) as table
    with today as (
        select *
        from judged(as_of, scope, communes, groups, posts, criteria, search)
        where (select count(*) from supposed) > 0
    ),

    paired as (
        select
            coalesce(s.posting_id, n.posting_id) as posting_id, coalesce(s.person_id, n.person_id) as person_id,
            coalesce(s.post, n.post) as post, coalesce(s.unit_code, n.unit_code) as unit_code,
            coalesce(s.commune, n.commune) as commune, coalesce(s.criterion, n.criterion) as criterion,
            coalesce(n.verdict, 'exempt') as verdict_now, coalesce(s.verdict, 'exempt') as verdict,
            coalesce(s.held, n.held) as held, n.required as required_now, s.required, s.legal_ref, s.reason
        from supposed as s
        full join today as n on s.posting_id = n.posting_id and s.criterion = n.criterion
    )

    select * from paired
    where
        greatest(severity(verdict_now), severity('meets')) <> greatest(severity(verdict), severity('meets'))
        and (chosen(verdicts, verdict) or chosen(verdicts, verdict_now));
