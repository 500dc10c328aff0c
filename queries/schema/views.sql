-- Bảng nhìn theo người xem: phạm vi và bộ lọc được áp dụng ở đây, một lần, cho mọi câu truy vấn.

-- Những chức vụ đang có người giữ vào ngày đã chọn, trong phạm vi và theo bộ lọc.
create or replace macro seated(as_of, scope, communes, groups, posts, search) as table
    select
        s.posting_id, s.person_id, s.unit_id, s.post, s.group_code, s.seat_from, s.seat_to,
        s.from_on, s.from_precision, s.first_held_on, s.first_held_precision,
        p.full_name, p.family_name, p.given_name, p.birth_on, p.birth_precision, p.gender, p.ethnicity,
        u.code as unit_code, u.short_name as commune, u.area
    from seat as s
    inner join unit as u on s.unit_id = u.unit_id
    inner join person as p on s.person_id = p.person_id
    where
        s.seat_from <= as_of and s.seat_to > as_of
        and in_scope(u.province_code, u.district_code, u.code, scope)
        and chosen(communes, u.code) and chosen(groups, s.group_code) and chosen(posts, s.post)
        and (search = '' or contains(p.name_key, text_key(search)));

-- Kết luận từng tiêu chí của từng chức vụ vào ngày đã chọn (ngày trống: mọi thời gian). Một định nghĩa cho mọi
-- con số.
create or replace macro judged(as_of, scope, communes, groups, posts, criteria, search) as table
    select
        a.posting_id, a.person_id, a.unit_id, a.post, a.group_code, a.criterion, a.from_on, a.to_on,
        a.verdict, a.because, a.held, a.first_held, a.required, a.standard, a.decision, a.deadline,
        a.opened_by, a.could_be_lowered, a.in_scope,
        u.code as unit_code, u.short_name as commune
    from assessment_spell as a
    inner join unit as u on a.unit_id = u.unit_id
    where
        (as_of is null or (a.from_on <= as_of and a.to_on > as_of))
        and in_scope(u.province_code, u.district_code, u.code, scope)
        and chosen(communes, u.code) and chosen(groups, a.group_code) and chosen(posts, a.post)
        and chosen(criteria, a.criterion)
        and (
            search = ''
            or a.person_id in (
                -- The first condition spares a look at every name when nothing is searched for.
                select person_id from person
                where search <> '' and contains(name_key, text_key(search))
            )
        );

-- Kết luận kèm căn cứ và lời giải thích: đang có gì, phải có gì từ khi nào theo điều nào, khắc phục ra sao, còn
-- hạn đến bao giờ.
create or replace macro explained(as_of, scope, communes, groups, posts, criteria, search, people) as table
    with shown as (
        select * from judged(as_of, scope, communes, groups, posts, criteria, search)
        where len(people) = 0 or list_contains(people, person_id)
    ),

    who as (
        select person_id, full_name, family_name, given_name, birth_on, birth_precision
        from person
        where person_id in (select person_id from shown)
    ),

    -- Since when the verdict has been the same without a break.
    since as (
        select
            j.posting_id, j.criterion, j.from_on,
            coalesce(
                max(a.to_on) filter (where a.verdict <> j.verdict and a.to_on <= j.from_on), min(a.from_on)
            ) as since
        from shown as j
        inner join assessment_spell as a on j.posting_id = a.posting_id and j.criterion = a.criterion
        group by j.posting_id, j.criterion, j.from_on
    ),

    ruling as (
        select
            j.*, w.* exclude (person_id), i.since, s.effective_from, t.label as post_label, t.sort as post_sort,
            concat_ws(' ', s.article, d.short) || coalesce(' và ' || p.number, '') as article,
            is_unchecked(s.confidence, s.checked_on) as unchecked,
            case j.verdict when 'transitional' then 'below' else j.verdict end as told_as,
            coalesce(j.because, case when q.min_months_left is not null then 'months' end) as told_because,
            coalesce(q.in_sentence, j.required) as required_text,
            coalesce(h.in_sentence, j.held, '') as held_text,
            f.in_sentence as floor_text,
            coalesce(j.first_held, '') as first_held_text
        from shown as j
        inner join who as w on j.person_id = w.person_id
        inner join since as i on j.posting_id = i.posting_id and j.criterion = i.criterion and j.from_on = i.from_on
        inner join standard as s on j.standard = s.standard
        inner join legal_document as d on s.document = d.document
        inner join post as t on j.post = t.post
        left join (
            select decision, any_value(number) as number from provincial_decision group by decision
        ) as p on j.decision = p.decision
        left join level as q on q.criterion in (j.criterion, '*') and j.required = q.level
        left join level as h on h.criterion in (j.criterion, '*') and j.held = h.level
        left join level as f on j.criterion = f.criterion and s.province_floor = f.level
    ),

    told as (
        select
            r.*,
            concat_ws(
                ' ', coalesce(n.reason, m.reason, o.reason), coalesce(n.remedy, m.remedy, o.remedy)
            ) as template
        from ruling as r
        left join sentence as n
            on r.criterion = n.criterion and r.told_as = n.verdict and r.told_because = n.because
        left join sentence as m
            on m.criterion = '*' and r.told_as = m.verdict and r.told_because = m.because
        left join sentence as o
            on r.criterion = o.criterion and r.told_as = o.verdict and o.because is null
    )

    select
        * exclude (template, told_as, told_because, required_text, held_text, floor_text, first_held_text),
        cited(article, unchecked) as legal_ref,
        concat_ws(
            ' ',
            filled(template, post_label, held_text, required_text, article, vn_date(effective_from), first_held_text),
            case when verdict = 'transitional' then 'Còn thời hạn đến hết ngày ' || vn_date(deadline) || '.' end,
            case
                when verdict = 'below' and criterion <> 'tuoi_lan_dau'
                    then 'Văn bản không dành thời gian chuyển tiếp cho trường hợp này.'
            end,
            case
                when could_be_lowered
                    then 'Nếu UBND tỉnh giảm mức cho miền núi còn ' || floor_text
                        || ' thì đạt; chưa nhập quyết định nào.'
            end,
            case when unchecked then 'Quy định này chưa đối chiếu văn bản gốc.' end
        ) as reason
    from told;

-- Những chức vụ của `seated`, khi chọn tiêu chí hoặc kết luận thì chỉ còn chức vụ có kết luận ấy ở tiêu chí ấy.
create or replace macro filtered_seats(as_of, scope, communes, groups, posts, criteria, verdicts, search) as table
    select * from seated(as_of, scope, communes, groups, posts, search)
    where
        (len(criteria) = 0 and len(verdicts) = 0)
        or posting_id in (
            select posting_id from judged(as_of, scope, communes, groups, posts, criteria, search)
            where chosen(verdicts, verdict)
        );

-- Dữ liệu cần có của từng chức vụ: mỗi dòng là một mục mà quy định đang áp dụng hỏi đến, và hồ sơ đã có hay chưa.
-- Ngày sinh (đến ngày) và giới tính cần với mọi người; ngày giữ chức lần đầu cần khi có tiêu chuẩn đang xét; trình độ
-- cần khi tiêu chí ấy đang xét; chuyên ngành cần khi đang xét ngành và trình độ trên sơ cấp; ngày cấp cần với văn
-- bằng, chứng chỉ cao nhất về chuyên môn, lý luận chính trị, tin học đang xét.
create or replace macro asked_for(as_of, scope, communes, groups, posts, criteria, verdicts, search) as table
    with s as (
        select * from filtered_seats(as_of, scope, communes, groups, posts, criteria, verdicts, search)
    ),

    asked as (
        select posting_id, list(criterion) as criteria_asked
        from judged(as_of, scope, communes, groups, posts, []::varchar[], search)
        where verdict <> 'exempt' and in_scope
        group by posting_id
    ),

    best as (
        select
            q.person_id, q.criterion,
            max(l.rank) filter (where q.status = 'da_co') as rank,
            arg_max(q.field, (l.rank, coalesce(q.field, ''))) filter (where q.status = 'da_co' and q.field is not null)
                as field,
            arg_max(q.obtained_on is not null, (l.rank, q.obtained_on is not null)) filter (where q.status = 'da_co')
                as dated
        from qualification as q
        left join level as l on q.criterion = l.criterion and q.level = l.level
        where
            least(coalesce(latest(q.obtained_on, q.obtained_precision), q.reported_on), q.reported_on) <= as_of
            and q.person_id in (select person_id from s)
        group by q.person_id, q.criterion
    ),

    known as (
        select
            s.*, coalesce(a.criteria_asked, []) as criteria_asked,
            (select list(b.criterion) from best as b where b.person_id = s.person_id) as criteria_known,
            (
                select list(b.criterion)
                from best as b
                where
                    b.person_id = s.person_id and b.rank > 0 and b.criterion in ('chuyen_mon', 'llct', 'tin_hoc')
                    and list_contains(a.criteria_asked, b.criterion)
            ) as levels_held,
            (
                select bool_and(b.dated)
                from best as b
                where
                    b.person_id = s.person_id and b.rank > 0 and b.criterion in ('chuyen_mon', 'llct', 'tin_hoc')
                    and list_contains(a.criteria_asked, b.criterion)
            ) as all_dated,
            m.rank > (select l.rank from level as l where l.criterion = 'chuyen_mon' and l.level = 'so_cap')
                as above_basic,
            m.field
        from s
        left join asked as a on s.posting_id = a.posting_id
        left join best as m on s.person_id = m.person_id and m.criterion = 'chuyen_mon'
    )

    select
        k.posting_id, k.person_id, k.full_name, k.family_name, k.given_name, k.birth_on, k.birth_precision,
        k.unit_code, k.commune, k.post, f.code as data_field, f.label as data_field_label, f.sort as data_field_sort,
        case f.code
            when 'birth_date' then coalesce(k.birth_precision = 'ngay', false)
            when 'gender' then k.gender is not null
            when 'first_held_on' then k.first_held_on is not null
            when 'nganh' then k.field is not null
            when 'obtained_on' then coalesce(k.all_dated, false)
            else coalesce(list_contains(k.criteria_known, f.code), false)
        end as is_known
    from known as k
    inner join label as f on f.domain = 'data_field'
    where
        case f.code
            when 'birth_date' then true
            when 'gender' then true
            when 'first_held_on' then len(k.criteria_asked) > 0
            when 'nganh' then list_contains(k.criteria_asked, 'nganh') and coalesce(k.above_basic, false)
            when 'obtained_on' then coalesce(len(k.levels_held), 0) > 0
            else list_contains(k.criteria_asked, f.code)
        end;

-- Sổ tinh giản biên chế nhìn vào một ngày, theo đơn vị tồn tại vào ngày đó: xã đã sáp nhập thì cộng dồn. Chỉ tính các
-- đợt chưa hoàn tác; cùng một việc thì đợt sau thay đợt trước.
create or replace macro ledger_unit(as_of, scope, communes) as table
    select s.unit_id, u.unit_id as now_unit, u.code as unit_code, u.short_name as commune
    from unit_succession as s
    inner join unit as u on s.now_unit = u.unit_id
    where
        s.from_on <= as_of and s.to_on > as_of
        and in_scope(u.province_code, u.district_code, u.code, scope) and chosen(communes, u.code);

create or replace macro targets(as_of, scope, communes) as table
    with live as (
        select unit_id, year, arg_max(target, batch_id) as target
        from downsizing_target
        where batch_id in (select batch_id from batch where undone_at is null)
        group by unit_id, year
    )

    select u.unit_code, any_value(u.commune) as commune, t.year, sum(t.target) as target
    from live as t
    inner join ledger_unit(as_of, scope, communes) as u on t.unit_id = u.unit_id
    group by u.unit_code, t.year;

-- Biên chế được giao của một năm.
create or replace macro assigned(as_of, scope, communes, in_year) as table
    with live as (
        select unit_id, arg_max(assigned, batch_id) as assigned
        from headcount
        where year = in_year and batch_id in (select batch_id from batch where undone_at is null)
        group by unit_id
    )

    select u.unit_code, any_value(u.commune) as commune, sum(h.assigned) as assigned
    from live as h
    inner join ledger_unit(as_of, scope, communes) as u on h.unit_id = u.unit_id
    group by u.unit_code;

-- Các trường hợp tinh giản đã biết đến ngày ấy, với trạng thái là bước xử lý gần nhất.
create or replace macro cases(as_of, scope, communes, groups, posts, search) as table
    with live_batch as (select batch_id from batch where undone_at is null),

    step as (
        select
            case_id, arg_max(status, (on_date, batch_id)) as status, max(on_date) as status_on,
            arg_max(coalesce(reason, ''), (on_date, batch_id)) as reason,
            arg_max(coalesce(note, ''), (on_date, batch_id)) as note
        from case_step
        where on_date <= as_of and batch_id in (select batch_id from live_batch)
        group by case_id
    ),

    latest_case as (
        select *
        from downsizing_case
        where batch_id in (select batch_id from live_batch)
        qualify row_number() over (partition by case_id order by batch_id desc) = 1
    )

    select
        c.* exclude (batch_id, decision, decided_on, benefit_paid),
        -- What was decided and paid later was not known yet.
        case when c.decided_on <= as_of then c.decision end as decision,
        case when s.status = 'da_chi_tra' then c.benefit_paid end as benefit_paid,
        s.status, s.status_on, nullif(s.reason, '') as fall_reason,
        nullif(s.note, '') as note, year(c.leaving_on) as year,
        c.reduces and s.status in ('da_phe_duyet', 'da_chi_tra') and c.leaving_on <= as_of as is_done,
        c.reduces and s.status = 'da_phe_duyet' and c.leaving_on > as_of as is_approved_waiting,
        c.reduces and s.status in ('de_xuat', 'dang_trinh') as is_in_process,
        p.full_name, p.family_name, p.given_name, p.birth_on, p.birth_precision, p.gender, u.unit_code, u.commune,
        t.group_code
    from latest_case as c
    inner join step as s on c.case_id = s.case_id
    inner join person as p on c.person_id = p.person_id
    inner join post as t on c.post = t.post
    inner join ledger_unit(as_of, scope, communes) as u on c.unit_id = u.unit_id
    where
        chosen(groups, t.group_code) and chosen(posts, c.post)
        and (search = '' or contains(p.name_key, text_key(search)));

-- Cán bộ, công chức rời đội ngũ vì lý do khác (nghỉ hưu, chuyển đi, thôi việc, hết nhiệm kỳ, từ trần), không tính vào
-- biên chế giảm; sau ngày đang xem là những người đang giữ chức vụ sẽ đến tuổi nghỉ hưu.
create or replace macro leavers(as_of, scope, communes, groups, posts, search) as table
    with serving as (
        select * from seat where group_code in ('can_bo', 'cong_chuc')
    ),

    retirement as (
        select p.person_id, min(p.birth_on + to_months(a.age_months))::date as on_date
        from person as p
        inner join retirement_age as a on p.gender = a.gender
        where year(p.birth_on + to_months(a.age_months)) <= a.until_year
        group by p.person_id
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
                where o.person_id = s.person_id and o.seat_from <= s.seat_to + 90 and o.seat_to > s.seat_to
            )
        union all by name
        select
            s.posting_id, s.person_id, s.unit_id, s.post, s.group_code, r.on_date, 'nghi_huu' as reason,
            false as has_left
        from serving as s
        inner join retirement as r on s.person_id = r.person_id
        where s.seat_from <= as_of and s.seat_to > as_of and r.on_date > as_of
    )

    select
        l.person_id, l.on_date, year(l.on_date) as year, l.reason, l.has_left, l.post, p.full_name, p.family_name,
        p.given_name, p.birth_on, p.birth_precision, u.unit_code, u.commune
    from leaving as l
    inner join person as p on l.person_id = p.person_id
    inner join ledger_unit(as_of, scope, communes) as u on l.unit_id = u.unit_id
    where
        chosen(groups, l.group_code) and chosen(posts, l.post)
        and (search = '' or contains(p.name_key, text_key(search)))
    qualify row_number() over (partition by l.person_id, l.on_date order by l.posting_id) = 1;

-- Xếp loại của từng cán bộ, công chức giữ chức vụ vào cuối mỗi năm đã qua; không có xếp loại là chưa đánh giá.
create or replace macro evaluated(as_of, scope, communes, groups, posts, search) as table
    with live as (
        select
            person_id, year, arg_max(coalesce(class, ''), (batch_id, reported_on)) as class,
            arg_max(coalesce(why_not, ''), (batch_id, reported_on)) as why_not
        from evaluation
        where reported_on <= as_of and batch_id in (select batch_id from batch where undone_at is null)
        group by person_id, year
    ),

    due as (
        select distinct make_date(year, 12, 31) as year_end, year
        from live
        where make_date(year, 12, 31) <= as_of
    )

    select
        d.year, s.person_id, s.post, s.group_code, coalesce(nullif(e.class, ''), 'chua_danh_gia') as class,
        nullif(e.why_not, '') as why_not, p.full_name, p.family_name, p.given_name, p.birth_on, p.birth_precision,
        u.unit_code, u.commune
    from due as d
    inner join seat as s on d.year_end >= s.seat_from and d.year_end < s.seat_to
    inner join person as p on s.person_id = p.person_id
    inner join ledger_unit(as_of, scope, communes) as u on s.unit_id = u.unit_id
    left join live as e on s.person_id = e.person_id and d.year = e.year
    where
        s.group_code in ('can_bo', 'cong_chuc') and chosen(groups, s.group_code) and chosen(posts, s.post)
        and (search = '' or contains(p.name_key, text_key(search)))
    qualify row_number() over (partition by d.year, s.person_id order by s.posting_id) = 1;

-- Căn cứ của một trường hợp như người đọc thấy: điểm nào, điều nào, nghị định nào, sửa bởi nghị định nào.
create or replace macro ground_cited() as table
    select
        g.instrument, g.ground,
        cited(
            any_value(g.article) || ' ' || any_value(o.short)
            || case when any_value(i.article_of) <> any_value(i.document)
                then ' (sửa đổi bởi ' || any_value(d.short) || ')' else ''
            end,
            bool_or(is_unchecked(g.confidence, g.checked_on))
        ) as legal_ref
    from downsizing_ground as g
    inner join downsizing_instrument as i on g.instrument = i.instrument
    inner join legal_document as d on i.document = d.document
    inner join legal_document as o on i.article_of = o.document
    where g.way = 1
    group by g.instrument, g.ground;
