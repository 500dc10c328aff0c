-- Sổ tinh giản biên chế nhìn vào một ngày, theo đơn vị tồn tại vào ngày đó: xã đã sáp nhập thì cộng dồn.

-- Sổ nói gì, nay hoặc vào một lúc đã qua: mỗi bảng của sổ, chỉ các đợt chưa hoàn tác; cùng một việc thì đợt sau thay
-- đợt trước.
create or replace macro live_headcount(moment := timestamp 'infinity') as table
    select * from headcount
    where batch_id in (select batch_id from live_batch(moment))
    qualify batch_id = max(batch_id) over (partition by unit_id, year);
create or replace macro live_downsizing_target(moment := timestamp 'infinity') as table
    select * from downsizing_target
    where batch_id in (select batch_id from live_batch(moment))
    qualify batch_id = max(batch_id) over (partition by unit_id, year);

create or replace macro live_downsizing_case(moment := timestamp 'infinity') as table
    select * from downsizing_case
    where batch_id in (select batch_id from live_batch(moment))
    qualify batch_id = max(batch_id) over (partition by case_id);

create or replace macro live_case_step(moment := timestamp 'infinity') as table
    select * from case_step
    where batch_id in (select batch_id from live_batch(moment))
    qualify batch_id = max(batch_id) over (partition by case_id, status);

-- Chỉ điều đã báo đến ngày ấy, để lời sau về cùng một năm không che lời trước khi nhìn lại.
create or replace macro live_evaluation(
    known_on := date '9999-12-31', moment := timestamp 'infinity'
) as table
    select * from evaluation
    where batch_id in (select batch_id from live_batch(moment)) and reported_on <= known_on
    qualify row_number() over (partition by person_id, year order by batch_id desc, reported_on desc) = 1;

create or replace macro live_pay_step(moment := timestamp 'infinity') as table
    select * from pay_step
    where batch_id in (select batch_id from live_batch(moment))
    qualify batch_id = max(batch_id) over (partition by person_id, from_on);

create or replace macro live_candidate_decision() as table
    select * from candidate_decision
    where batch_id in (select batch_id from live_batch())
    qualify batch_id = max(batch_id) over (partition by person_id, on_date);

-- Cơ quan đã quyết gì về từng người có thể thuộc diện tinh giản: lời cuối đến ngày ấy.
create or replace macro decided_candidates(as_of) as table
    select person_id, arg_max(decision, on_date) as decision, arg_max(reason, on_date) as reason
    from live_candidate_decision()
    where on_date <= as_of
    group by person_id;

create or replace macro live_top_up() as table
    select * from top_up
    where batch_id in (select batch_id from live_batch());

create or replace macro ledger_unit(as_of, scope, communes := []::varchar[]) as table
    select s.unit_id, u.unit_id as now_unit, u.code as unit_code, u.short_name as commune
    from unit_succession as s
    inner join unit as u on s.now_unit = u.unit_id
    where
        s.from_on <= as_of and s.to_on > as_of and coalesce(u.valid_from, date '0001-01-01') <= as_of
        and in_scope(u.province_code, u.district_code, u.code, scope) and chosen(communes, u.code);

create or replace macro targets(as_of, scope, communes := []::varchar[]) as table
    select u.unit_code, any_value(u.commune) as commune, t.year, sum(t.target) as target
    from live_downsizing_target() as t
    inner join ledger_unit(as_of, scope, communes) as u on t.unit_id = u.unit_id
    group by u.unit_code, t.year;

-- Biên chế được giao của một năm.
create or replace macro assigned(as_of, scope, in_year, communes := []::varchar[]) as table
    select u.unit_code, any_value(u.commune) as commune, sum(h.assigned) as assigned
    from live_headcount() as h
    inner join ledger_unit(as_of, scope, communes) as u on h.unit_id = u.unit_id
    where h.year = in_year
    group by u.unit_code;

-- Kế hoạch đang thực hiện: kế hoạch bắt đầu gần nhất, trước mọi kế hoạch thì là kế hoạch đầu tiên.
create or replace macro plan_of(as_of) as table
    select *
    from downsizing_plan
    qualify row_number() over (
            order by
                first_year <= year(as_of) desc, if(first_year <= year(as_of), -first_year, first_year), plan
        ) = 1;

-- Lịch các đợt và những năm theo lịch ấy: lịch của một nghị định dùng từ năm đầu tiên nghị định có hiệu lực trọn năm
-- đến khi nghị định sau có lịch riêng; các năm trước nữa theo lịch đầu tiên.
create or replace macro schedule() as table
    with began as (
        select
            i.instrument,
            case
                when row_number() over w = 1 then 0
                else year(i.effective_from) + if(dayofyear(i.effective_from) > 1, 1, 0)
            end as from_year,
            lead(year(i.effective_from) + if(dayofyear(i.effective_from) > 1, 1, 0), 1, 10000) over w as until_year
        from downsizing_instrument as i
        where i.instrument in (select instrument from downsizing_round)
        window w as (order by i.effective_from, i.instrument)
    )

    select
        b.from_year, b.until_year, r.round, r.from_month, r.until_month, r.due_years_before, r.due_month, r.due_day
    from downsizing_round as r
    inner join began as b on r.instrument = b.instrument;

-- Đợt của một ngày nghỉ.
create or replace macro round_of(on_date) as (
    select s.round
    from schedule() as s
    where
        year(on_date) >= s.from_year and year(on_date) < s.until_year
        and month(on_date) between s.from_month and s.until_month
);

-- Các trường hợp tinh giản đã biết đến ngày ấy, với trạng thái là bước xử lý gần nhất.
create or replace macro cases(
    as_of, scope, communes := []::varchar[], groups := []::varchar[], posts := []::varchar[], search := ''
) as table
    with step as (
        -- Of two steps on one day the later in the course of a case is where it stands.
        select s.case_id, s.status, s.on_date as status_on, s.reason, s.note
        from live_case_step() as s
        left join label as l on l.domain = 'case_status' and s.status = l.code
        where s.on_date <= as_of
        qualify row_number() over (partition by s.case_id order by s.on_date desc, l.sort desc, s.status) = 1
    )

    select
        c.* exclude (batch_id, decision, decided_on, benefit_paid),
        -- What was decided and paid later was not known yet.
        case when c.decided_on <= as_of then c.decision end as decision,
        case when is_paid(s.status) then c.benefit_paid end as benefit_paid,
        s.status, s.status_on, s.reason as fall_reason, s.note, year(c.leaving_on) as year,
        case_stage(s.status, c.leaving_on, as_of) as stage,
        p.full_name, p.family_name, p.given_name, p.birth_on, p.birth_precision, p.gender, u.unit_code, u.commune,
        t.group_code
    from live_downsizing_case() as c
    inner join step as s on c.case_id = s.case_id
    inner join person as p on c.person_id = p.person_id
    inner join post as t on c.post = t.post
    inner join ledger_unit(as_of, scope, communes) as u on c.unit_id = u.unit_id
    where
        chosen(groups, t.group_code) and chosen(posts, c.post)
        and is_named(p.name_key, search);

-- Các trường hợp của một phần: đã giảm, đã duyệt chờ nghỉ, đang xử lý và không thành. Chỉ trường hợp làm giảm một biên
-- chế được giao mới tính vào ba số đầu.
create or replace macro stage_tally(stage, reduces) as {
    'done': count(*) filter (where reduces and stage = 'done'),
    'approved_waiting': count(*) filter (where reduces and stage = 'waiting'),
    'in_process': count(*) filter (where reduces and stage = 'in_process'),
    'fallen': count(*) filter (where stage = 'fallen')
};

-- Ngày nghỉ hưu đúng tuổi của từng người biết ngày sinh và giới tính.
create or replace macro retiring() as table
    select person_id, any_value(retires_on) as retires_on
    from retirement
    group by person_id
    having count(*) = 1;

-- Cán bộ, công chức rời đội ngũ vì lý do khác (nghỉ hưu, chuyển đi, thôi việc, hết nhiệm kỳ, từ trần), không tính vào
-- biên chế giảm; sau ngày đang xem là những người đang giữ chức vụ sẽ đến tuổi nghỉ hưu. Người chuyển sang chức vụ khác
-- trong huyện thì chưa rời đi; người được phê duyệt tinh giản thì không tính ở đây, dù lý do thôi ghi thế nào.
create or replace macro leavers(
    as_of, scope, communes := []::varchar[], groups := []::varchar[], posts := []::varchar[], search := ''
) as table
    with serving as (
        select s.*, u.province_code, u.district_code
        from seat as s
        inner join unit as u on s.unit_id = u.unit_id
        where is_official(s.group_code)
    ),

    approved as (
        select person_id, leaving_on
        from cases(as_of, ['vn'])
        where is_approved(stage)
    ),

    leaving as (
        select
            s.posting_id, s.person_id, s.unit_id, s.post, s.group_code, s.seat_to as on_date, s.end_reason as reason,
            true as has_left
        from serving as s
        where
            s.seat_to <= as_of and not s.moves_on and coalesce(s.end_reason, 'khac') <> 'tinh_gian'
            and not exists (
                select 1
                from serving as o
                where
                    o.person_id = s.person_id and o.seat_from <= s.seat_to + handover_days() and o.seat_to > s.seat_to
                    and o.province_code = s.province_code and o.district_code is not distinct from s.district_code
            )
            and not exists (
                select 1
                from approved as a
                where a.person_id = s.person_id and abs(a.leaving_on - s.seat_to) <= handover_days()
            )
        union all by name
        select
            s.posting_id, s.person_id, s.unit_id, s.post, s.group_code, r.retires_on as on_date, 'nghi_huu' as reason,
            false as has_left
        from serving as s
        inner join retiring() as r on s.person_id = r.person_id
        where
            s.seat_from <= as_of and s.seat_to > as_of and r.retires_on > as_of
            -- Who is to leave by downsizing will not be there to retire.
            and s.person_id not in (select person_id from approved where leaving_on > as_of)
    )

    select
        l.person_id, l.on_date, year(l.on_date) as year, l.reason, l.has_left, l.post, p.full_name, p.family_name,
        p.given_name, p.birth_on, p.birth_precision, u.unit_code, u.commune
    from leaving as l
    inner join person as p on l.person_id = p.person_id
    inner join ledger_unit(as_of, scope, communes) as u on l.unit_id = u.unit_id
    where
        chosen(groups, l.group_code) and chosen(posts, l.post)
        and is_named(p.name_key, search)
    qualify row_number() over (partition by l.person_id, l.on_date order by l.posting_id) = 1;

-- Xếp loại của từng cán bộ, công chức giữ chức vụ vào cuối mỗi năm đã qua; không có xếp loại là chưa đánh giá.
create or replace macro evaluated(
    as_of, scope, communes := []::varchar[], groups := []::varchar[], posts := []::varchar[], search := ''
) as table
    with due as (
        select distinct make_date(year, 12, 31) as year_end, year
        from live_evaluation(as_of)
        where make_date(year, 12, 31) <= as_of
    )

    select
        d.year, s.person_id, s.post, s.group_code, coalesce(e.class, 'chua_danh_gia') as class,
        e.why_not, p.full_name, p.family_name, p.given_name, p.birth_on, p.birth_precision,
        u.unit_code, u.commune
    from due as d
    inner join seat as s on d.year_end >= s.seat_from and d.year_end < s.seat_to
    inner join person as p on s.person_id = p.person_id
    inner join ledger_unit(as_of, scope, communes) as u on s.unit_id = u.unit_id
    left join live_evaluation(as_of) as e on s.person_id = e.person_id and d.year = e.year
    where
        is_official(s.group_code) and chosen(groups, s.group_code) and chosen(posts, s.post)
        and is_named(p.name_key, search)
    qualify row_number() over (partition by d.year, s.person_id order by s.posting_id) = 1;

-- Các nghị định tinh giản: tên, áp dụng từ ngày nào đến trước ngày nào (đến khi có nghị định sau, hoặc đến khi hết hiệu
-- lực), và cách nêu một điều của nó: điều nào, nghị định nào, sửa đổi bởi nghị định nào.
create or replace macro decrees() as table
    select
        i.instrument, i.average_months, coalesce(d.short, i.document) as name, i.effective_from as from_on,
        least(
            lead(i.effective_from, 1, date '9999-12-31') over (order by i.effective_from, i.instrument),
            coalesce(d.ended_on, date '9999-12-31')
        ) as to_on,
        case
            when i.article_of = i.document then '{article} ' || coalesce(d.short, i.document)
            else
                replace(
                    replace(phrase('article_amended'), '{document}', coalesce(o.short, i.article_of)), '{amended_by}',
                    coalesce(d.short, i.document)
                )
        end as citation
    from downsizing_instrument as i
    left join legal_document as d on i.document = d.document
    left join legal_document as o on i.article_of = o.document;

-- Căn cứ của một trường hợp như người đọc thấy: điểm nào, điều nào, nghị định nào, sửa bởi nghị định nào.
create or replace macro ground_cited() as table
    select
        g.instrument, g.ground as point, min(g.summary) as ground,
        cited(
            any_value(replace(d.citation, '{article}', g.article)),
            bool_or(is_unchecked(g.confidence, g.checked_on))
        ) as legal_ref
    from downsizing_ground as g
    inner join decrees() as d on g.instrument = d.instrument
    where g.way = 1
    group by g.instrument, g.ground;
