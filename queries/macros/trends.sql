-- Kết luận mọi thời gian theo đơn vị tại thời điểm ('then'), hoặc theo đơn vị của ngày cuối ('now'): xã đã sáp nhập thì
-- cộng dồn vào xã mới, cả những ngày trước khi sáp nhập.
create or replace macro judged_over(
    of_units, last_on, scope, communes := []::varchar[], groups := []::varchar[], posts := []::varchar[],
    criteria := []::varchar[], search := ''
) as table
    select
        j.* replace (
            coalesce(u.now_unit, j.unit_id) as unit_id, coalesce(u.unit_code, j.unit_code) as unit_code,
            coalesce(u.commune, j.commune) as commune
        )
    from
        judged(
            null::date, if(of_units = 'now', ['vn'], scope), if(of_units = 'now', []::varchar[], communes), groups,
            posts, criteria, search
        ) as j
    left join ledger_unit(last_on, scope, communes) as u on of_units = 'now' and j.unit_id = u.unit_id
    where of_units = 'then' or u.unit_id is not null;

-- Ai chưa đạt vào một ngày, theo đơn vị của ngày ấy hoặc của ngày cuối.
create or replace macro below_on(
    day, of_units, last_on, scope, communes := []::varchar[], groups := []::varchar[], posts := []::varchar[],
    criteria := []::varchar[], search := ''
) as table
    select distinct person_id
    from judged_over(of_units, last_on, scope, communes, groups, posts, criteria, search)
    where in_scope and verdict = 'below' and from_on <= day and to_on > day;

-- Mỗi phần (nhóm, tiêu chí, chức vụ, nơi theo `place_of`, hoặc đầu sớm và đầu muộn của dự báo) vào mỗi ngày của dãy:
-- bao nhiêu người có tiêu chuẩn đang áp dụng, và bao nhiêu người ở mỗi tình trạng nặng nhất. Đếm đúng đến ngày: một
-- người tính một lần trong một phần, từ ngày bắt đầu đến ngày kết thúc của cả quãng liền mạch.
create or replace macro over_time(
    split_by, of_units, first_on, last_on, each, scope, communes := []::varchar[], groups := []::varchar[],
    posts := []::varchar[], criteria := []::varchar[], search := ''
) as table
    with spell as (
        select
            case split_by
                when 'criterion' then j.criterion when 'post' then j.post when 'group' then j.group_code
                else p.unit_code || '|' || p.commune
            end as part, j.person_id, j.from_on, j.to_on, severity(j.verdict) as severity
        from judged_over(of_units, last_on, scope, communes, groups, posts, criteria, search) as j
        inner join place_of(split_by) as p on j.unit_id = p.unit_id
        where split_by <> 'variant' and j.in_scope and j.from_on <= last_on and j.to_on > first_on
        union all
        select variant, person_id, from_on, to_on, severity(verdict)
        from foreseen
        where split_by = 'variant' and in_scope and from_on <= last_on and to_on > first_on
    ),

    -- From judged at all to the heaviest.
    level as (
        select unnest([0, severity('transitional'), severity('unknown'), severity('below')]) as least
    ),

    -- One row for each level that a spell reaches: who is below also counts as unknown or worse, as transitional or
    -- worse and as judged at all. So at each level the spells of a person join into runs.
    reached as (
        select l.least, s.part, s.person_id, s.from_on, s.to_on
        from spell as s
        inner join level as l on s.severity >= l.least
        group by all
    ),

    joined as (
        select
            *,
            max(to_on) over (
                partition by least, part, person_id order by from_on, to_on
                rows between unbounded preceding and 1 preceding
            ) as so_far
        from reached
    ),

    step as (
        select least, part, from_on as on_date, 1 as delta
        from joined
        where so_far is null or so_far < from_on
        union all
        -- A run ends where the furthest end so far is before the next beginning, or is the last of all.
        select least, part, so_far, -1 from joined where so_far < from_on
        union all
        select least, part, max(to_on), -1 from joined group by least, part, person_id
    ),

    running as (
        select
            least, part, on_date,
            sum(sum(delta)) over (partition by least, part order by on_date) as people
        from step
        group by least, part, on_date
    ),

    counted as (
        select d.as_of, g.part, l.least, coalesce(r.people, 0) as people
        from days_between(first_on, last_on, each) as d
        cross join (select distinct part from step) as g
        cross join level as l
        asof left join running as r
            on g.part = r.part and l.least = r.least and d.as_of >= r.on_date
    ),

    wide as (
        select
            as_of, part,
            sum(people) filter (where least = 0)::bigint as total,
            sum(people) filter (where least = severity('below'))::bigint as below,
            sum(people) filter (where least = severity('unknown'))::bigint as unknown_or_worse,
            sum(people) filter (where least = severity('transitional'))::bigint as transitional_or_worse
        from counted
        group by as_of, part
    )

    select
        part, as_of, total, below, unknown_or_worse - below as unknown,
        transitional_or_worse - unknown_or_worse as transitional
    from wide
    where total > 0;

-- Ai từ chưa đạt thành không còn chưa đạt, hoặc ngược lại, giữa hai ngày (không kể ngày đầu, kể cả ngày cuối), mỗi
-- người một lần, kèm nguyên nhân và ngày xảy ra: sự kiện khép lại hoặc mở ra đợt chưa đạt liền mạch của người ấy. Đơn
-- vị là đơn vị có vào ngày xảy ra, hoặc vào ngày cuối khi tính theo đơn vị hiện nay.
create or replace macro changed(
    of_units, start_on, end_on, scope, communes := []::varchar[], groups := []::varchar[], posts := []::varchar[],
    criteria := []::varchar[], search := ''
) as table
    with turned as (
        select coalesce(a.person_id, b.person_id) as person_id, if(b.person_id is null, 1, -1) as change
        from below_on(start_on, of_units, end_on, scope, communes, groups, posts, criteria, search) as b
        full join
            below_on(end_on, of_units, end_on, scope, communes, groups, posts, criteria, search) as a
            on b.person_id = a.person_id
        where a.person_id is null or b.person_id is null
    ),

    -- Where the spells of being below follow each other without a gap they are one.
    spell as (
        select
            s.*, t.change,
            max(s.to_on) over (
                partition by s.person_id order by s.from_on, s.to_on
                rows between unbounded preceding and 1 preceding
            ) as reached
        from judged_over(of_units, end_on, scope, communes, groups, posts, criteria, search) as s
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
        select
            r.person_id, r.change, case when r.change = 1 then r.began else r.ended end as on_date, s.posting_id,
            s.criterion, s.unit_id, a.opened_by, a.closed_by
        from run as r
        inner join numbered as s
            on r.person_id = s.person_id and r.nth = s.nth
            and case when r.change = 1 then s.from_on = r.began else s.to_on = r.ended end
        inner join assessment_spell as a
            on s.posting_id = a.posting_id and s.criterion = a.criterion and s.from_on = a.from_on
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
                    and s.seat_to >= e.on_date - handover_days()
            ) as served_before,
            exists(
                select 1 from qualification as q
                where q.person_id = e.person_id and q.criterion in (e.criterion, 'chuyen_mon')
                    and q.status = 'da_co' and latest(q.obtained_on, q.obtained_precision) = e.on_date
            ) as has_paper,
            exists(
                select 1 from assessment_spell as a
                where a.posting_id = e.posting_id and a.criterion = e.criterion and a.from_on = e.on_date
                    and a.verdict = 'transitional'
            ) as given_time,
            -- Still serves, but a standard ended that very day and no other judges this person any more.
            exists (
                select 1
                from assessment_spell as a
                inner join standard as s on a.standard = s.standard
                where a.person_id = e.person_id and a.from_on = e.on_date and not a.in_scope
                    and s.effective_from = e.on_date
            ) and not exists (
                select 1 from assessment_spell as a
                where a.person_id = e.person_id and a.from_on <= e.on_date and a.to_on > e.on_date and a.in_scope
            ) as scope_ended
        from event as e
        inner join posting as o on e.posting_id = o.posting_id
    ),

    caused as (
        select
            t.person_id, t.change, t.on_date, t.criterion, t.posting_id, t.unit_id,
            if(t.change = 1, t.opened_by, t.closed_by) as event,
            case
                when t.change = -1 and t.scope_ended then 'het_pham_vi'
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
                        else if(t.given_time, 'co_thoi_han', 'tieu_chuan')
                    end
            end as cause
        from told as t
    )

    select
        c.person_id, c.change, c.on_date, c.criterion, c.posting_id, u.code as unit_code, u.short_name as commune,
        c.cause
    from caused as c
    inner join unit_succession as n
        on c.unit_id = n.unit_id
        and if(of_units = 'now', end_on, c.on_date) >= n.from_on and if(of_units = 'now', end_on, c.on_date) < n.to_on
    inner join unit as u on n.now_unit = u.unit_id
    left join label as l on l.domain = 'cause' and c.event = l.code
    -- One cause for each person. Where several criteria turn on one day: the first in the order of events, and what
    -- people did comes before corrections of the data.
    qualify row_number() over (
            partition by c.person_id order by l.sort, c.cause = 'bo_sung', c.criterion, c.posting_id
        ) = 1;
