-- Ai từ chưa đạt thành không còn chưa đạt, hoặc ngược lại, giữa hai ngày (không kể ngày đầu, kể cả ngày cuối), mỗi
-- người một lần, kèm nguyên nhân và ngày xảy ra: sự kiện khép lại hoặc mở ra đợt chưa đạt liền mạch của người ấy.
create or replace macro changed(start_on, end_on, scope, communes, groups, posts, criteria, search) as table
    with before as (
        select person_id, max(severity(verdict)) as severity
        from judged(start_on, scope, communes, groups, posts, criteria, search)
        where in_scope
        group by person_id
    ),

    after as (
        select person_id, max(severity(verdict)) as severity
        from judged(end_on, scope, communes, groups, posts, criteria, search)
        where in_scope
        group by person_id
    ),

    turned as (
        select
            coalesce(a.person_id, b.person_id) as person_id,
            case when a.severity = 5 then 1 else -1 end as change
        from before as b
        full join after as a on b.person_id = a.person_id
        where coalesce(b.severity = 5, false) <> coalesce(a.severity = 5, false)
    ),

    -- Where the spells of being below follow each other without a gap they are one.
    spell as (
        select
            s.*, t.change,
            max(s.to_on) over (
                partition by s.person_id order by s.from_on, s.to_on
                rows between unbounded preceding and 1 preceding
            ) as reached
        from judged(null::date, scope, communes, groups, posts, criteria, search) as s
        inner join turned as t on s.person_id = t.person_id
        where s.verdict = 'below' and s.in_scope
    ),

    numbered as (
        select
            *, sum(case when reached >= from_on then 0 else 1 end) over (
                partition by person_id order by from_on, to_on
            ) as nth
        from spell
    ),

    run as (
        select person_id, change, nth, min(from_on) as began, max(to_on) as ended
        from numbered
        group by person_id, change, nth
        having
            case
                when change = 1 then min(from_on) <= end_on and max(to_on) > end_on
                else min(from_on) <= start_on and max(to_on) > start_on
            end
    ),

    event as (
        -- Of several criteria that turn on one day the one with the plainest cause.
        select
            r.person_id, r.change, case when r.change = 1 then r.began else r.ended end as on_date, s.posting_id,
            s.criterion, s.unit_id, a.opened_by, a.closed_by
        from run as r
        inner join numbered as s
            on r.person_id = s.person_id and r.nth = s.nth
            and case when r.change = 1 then s.from_on = r.began else s.to_on = r.ended end
        inner join assessment_spell as a
            on s.posting_id = a.posting_id and s.criterion = a.criterion and s.from_on = a.from_on
        qualify row_number() over (partition by r.person_id order by a.opened_by, s.criterion, s.posting_id) = 1
    ),

    told as (
        select
            e.*, o.end_reason, o.from_precision,
            exists(
                select 1 from seat as s
                where s.person_id = e.person_id and s.seat_from <= e.on_date and s.seat_to > e.on_date
                    and s.posting_id <> e.posting_id
            ) as serves_elsewhere,
            exists(
                select 1 from seat as s
                where s.person_id = e.person_id and s.posting_id <> e.posting_id and s.seat_from < e.on_date
                    and s.seat_to >= e.on_date - 90
            ) as served_before,
            exists(
                select 1 from qualification as q
                where q.person_id = e.person_id and q.criterion in (e.criterion, 'chuyen_mon')
                    and q.status = 'da_co' and latest(q.obtained_on, q.obtained_precision) = e.on_date
            ) as has_paper
        from event as e
        inner join posting as o on e.posting_id = o.posting_id
    )

    select
        t.person_id, t.change, t.on_date, t.criterion, t.posting_id,
        case
            when t.change = 1
                then
                    case t.opened_by
                        when 'took_post'
                            then
                                case
                                    -- Known from a list only: nobody took anything up that day.
                                    when t.from_precision = 'bao_cao' then 'bo_sung'
                                    when t.served_before then 'chuyen_den'
                                    else 'moi_nhan'
                                end
                        when 'standard_changed' then 'tieu_chuan'
                        when 'grace_ended' then 'het_han'
                        when 'unit_changed' then 'don_vi'
                        else 'bo_sung'
                    end
            else
                case t.closed_by
                    when 'left_post'
                        then
                            case
                                when t.serves_elsewhere then 'doi_chuc_vu'
                                when t.end_reason in ('nghi_huu', 'tinh_gian') then t.end_reason
                                when t.end_reason in ('chuyen_cong_tac', 'doi_chuc_vu') then 'chuyen_di'
                                else 'nghi_khac'
                            end
                    when 'level_reached' then case when t.has_paper then 'hoc_xong' else 'bo_sung' end
                    when 'unit_changed' then 'don_vi'
                    else 'tieu_chuan'
                end
        end as cause
    from told as t;

-- Kết quả của một giả định: trong kho không có dòng nào, chỉ bảng tạm cùng tên của một phép thử mới có.
create or replace table supposed as
select * from explained(null::date, ['vn'], []::varchar[], []::varchar[], []::varchar[], []::varchar[], '', [])
where false;

create or replace table foreseen as
select
    '' as variant, posting_id, person_id, group_code, criterion, from_on, to_on, verdict, in_scope, unit_code,
    commune, required
from judged(null::date, ['vn'], []::varchar[], []::varchar[], []::varchar[], []::varchar[], '')
where false;

create or replace table foreseen_change as
select '' as variant, *
from
    changed(
        date '2000-01-01', date '2000-01-01', ['vn'], []::varchar[], []::varchar[], []::varchar[], []::varchar[], ''
    )
where false;

-- Mỗi người một dòng trong từng nhóm: nặng nhất là kết luận nào theo quy định đang áp dụng và theo luật giả định.
create or replace macro compared(as_of, scope, communes, groups, posts, criteria, search) as table
    with held as (
        select 'now' as law, person_id, group_code, unit_code, commune, severity(verdict) as severity, in_scope
        from judged(as_of, scope, communes, groups, posts, criteria, search)
        union all
        select 'then', person_id, group_code, unit_code, commune, severity(verdict), in_scope from supposed
    )

    select
        person_id, group_code, unit_code, commune,
        coalesce(max(severity) filter (where law = 'now'), 0) as now_severity,
        coalesce(max(severity) filter (where law = 'then'), 0) as then_severity
    from held
    where in_scope and (select count(*) from supposed) > 0
    group by person_id, group_code, unit_code, commune;
