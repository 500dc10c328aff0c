-- Bảng nhìn theo người xem: phạm vi và bộ lọc được áp dụng ở đây, một lần, cho mọi câu truy vấn.

-- Những đợt còn tính, nay hoặc vào một lúc đã qua: hoàn tác một đợt là thôi tính mọi điều nó nói, ở mọi nơi.
create or replace macro live_batch(moment := timestamp 'infinity') as table
    select * from batch
    where made_at <= moment and (undone_at is null or undone_at > moment);

-- Những đơn vị mà người xem được thấy: thuộc phạm vi, hoặc đến ngày ấy đã thành đơn vị thuộc phạm vi. Xã mới thấy cả
-- những người chỉ từng giữ chức vụ ở các xã nhập vào nó.
create or replace macro visible_units(as_of, scope) as table
    select distinct s.unit_id
    from unit_succession as s
    inner join unit as u on s.now_unit = u.unit_id
    where s.from_on <= as_of and in_scope(u.province_code, u.district_code, u.code, scope);

-- Nơi mà người của từng đơn vị được đếm vào: xã, thị trấn ('commune'), huyện ('district', không có thì xã) hoặc tỉnh
-- ('province') của đơn vị; khác đi thì mọi đơn vị là một, không tên.
create or replace macro place_of(per) as table
    select
        unit_id,
        case per
            when 'commune' then code
            when 'district' then coalesce(province_code || '/' || district_code, code)
            when 'province' then province_code
        end as unit_code,
        case per
            when 'commune' then short_name when 'district' then coalesce(district, short_name)
            when 'province' then province
        end as commune
    from unit;

-- Những người mà người xem được thấy hồ sơ: ai từng giữ chức vụ ở một đơn vị người xem được thấy.
create or replace macro visible_people(as_of, scope) as table
    select person_id
    from posting
    where unit_id in (select unit_id from visible_units(as_of, scope))
    union
    select person_id
    from seat
    where seat_from <= as_of and unit_id in (select unit_id from visible_units(as_of, scope));

-- Người xem có thấy mọi người trong kho hay không: điều của cả cơ quan, như các đợt đã ghi nhận, chỉ người ấy mới thấy.
create or replace macro sees_everyone(scope) as (
    not exists (
        select 1
        from posting as o
        inner join unit as u on o.unit_id = u.unit_id
        where not in_scope(u.province_code, u.district_code, u.code, scope)
    )
);

-- Xã, thị trấn nơi từng người giữ chức vụ gần nhất.
create or replace macro last_commune(as_of, scope) as table
    select o.person_id, arg_max(u.short_name, (o.from_on, o.posting_id)) as commune
    from posting as o
    inner join unit as u on o.unit_id = u.unit_id
    where o.unit_id in (select unit_id from visible_units(as_of, scope))
    group by o.person_id;

-- Văn bằng, chứng chỉ của từng người (trong danh sách people, null là mọi người) đã tính vào một ngày, theo thứ bậc
-- trong từng tiêu chí: nth = 1 là trình độ cao nhất đã có, chưa có mức nào thì là điều gần nhất được biết; is_highest
-- là mọi văn bằng, chứng chỉ ngang với trình độ cao nhất ấy.
create or replace macro certificates(as_of, people := null::bigint[]) as table
    select
        q.*, l.rank, q.status = 'da_co' and q.level is not null as is_held,
        is_held and l.rank = max(l.rank) filter (where is_held) over (partition by q.person_id, q.criterion)
            as is_highest,
        row_number() over (
            partition by q.person_id, q.criterion
            order by
                q.status = 'da_co' and q.level is not null desc, l.place desc nulls last, q.level desc,
                coalesce(q.obtained_on, q.reported_on) desc, q.field nulls last, q.qualification_id
        ) as nth
    from qualification as q
    left join level_order('level') as l on q.criterion = l.criterion and q.level = l.level
    where
        counts_from(q.obtained_on, q.obtained_precision, q.reported_on) <= as_of
        and (people is null or q.person_id in (select unnest(people)));

-- Căn cứ như người đọc thấy: điều nào của văn bản nào, và đã đối chiếu văn bản gốc hay chưa.
create or replace macro cited(article, unchecked) as (
    case when unchecked then replace(phrase('article_unchecked'), '{article}', article) else article end
);

-- Điều của văn bản, và quyết định của tỉnh theo điều ấy nếu có.
create or replace macro with_decision(article, number) as (
    coalesce(replace(replace(phrase('article_and_decision'), '{article}', article), '{decision}', number), article)
);

-- Những chức vụ đang có người giữ vào ngày đã chọn, trong phạm vi và theo bộ lọc.
create or replace macro seated(
    as_of, scope, communes := []::varchar[], groups := []::varchar[], posts := []::varchar[], search := ''
) as table
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
        and is_named(p.name_key, search);

-- Kết luận từng tiêu chí của từng chức vụ vào ngày đã chọn (ngày trống: mọi thời gian). Một định nghĩa cho mọi
-- con số.
create or replace macro judged(
    as_of, scope, communes := []::varchar[], groups := []::varchar[], posts := []::varchar[],
    criteria := []::varchar[], search := ''
) as table
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
                where search <> '' and is_named(name_key, search)
            )
        );

-- Bao nhiêu người có tiêu chuẩn đang áp dụng và bao nhiêu người theo từng kết luận, ở từng nơi (`place_of`), từng nhóm,
-- hoặc trong tất cả. Đếm người, không đếm lỗi: trong một phần mỗi người một lần, theo kết luận nặng nhất.
create or replace macro tally(
    as_of, scope, communes := []::varchar[], groups := []::varchar[], posts := []::varchar[], criteria := []::varchar[],
    search := '', per := '', by_group := false
) as table
    with person_verdict as (
        select
            if(per = 'commune', j.unit_id, null) as unit_id, p.unit_code, p.commune,
            if(by_group, j.group_code, null) as group_code,
            j.person_id, max(severity(j.verdict)) as severity
        from judged(as_of, scope, communes, groups, posts, criteria, search) as j
        inner join place_of(per) as p on j.unit_id = p.unit_id
        where j.in_scope
        group by all
    ),

    counted as (
        select unit_id, unit_code, commune, group_code, verdict_tally(severity) as people
        from person_verdict
        group by unit_id, unit_code, commune, group_code
    )

    select
        unit_id, unit_code, commune, group_code, people.judged as total, people.below, people.unknown,
        people.transitional, people.meets, people.below / people.judged as share_below
    from counted;

-- Kết luận kèm căn cứ và lời giải thích: đang có gì, phải có gì từ khi nào theo điều nào, khắc phục ra sao, còn
-- hạn đến bao giờ.
create or replace macro explained(
    as_of, scope, communes := []::varchar[], groups := []::varchar[], posts := []::varchar[],
    criteria := []::varchar[], search := '', people := null::bigint[], verdicts := []::varchar[]
) as table
    with shown as (
        -- Who is not asked about costs nothing: since when a verdict lasts is looked up for each person that is shown.
        select * from judged(as_of, scope, communes, groups, posts, criteria, search)
        where (people is null or list_contains(people, person_id)) and chosen(verdicts, verdict)
    ),

    who as (
        select person_id, full_name, family_name, given_name, birth_on, birth_precision
        from person
        where person_id in (select person_id from shown)
    ),

    ruling as (
        select
            j.*, w.* exclude (person_id), i.since, s.effective_from, t.label as post_label, t.sort as post_sort,
            with_decision(concat_ws(' ', s.article, d.short), p.number) as article,
            is_unchecked(s.confidence, s.checked_on) as unchecked,
            is_unchecked(s.grace_confidence, s.checked_on) as grace_unchecked,
            is_unchecked(s.floor_confidence, s.checked_on) as floor_unchecked,
            cited(concat_ws(' ', b.article, c.short), is_unchecked(b.confidence, b.checked_on)) as first_article,
            case j.verdict when 'transitional' then 'below' else j.verdict end as told_as,
            coalesce(j.because, case when q.min_months_left is not null then 'months' end) as told_because,
            coalesce(q.in_sentence, j.required) as required_text,
            coalesce(h.in_sentence, j.held, '') as held_text,
            f.in_sentence as floor_text,
            coalesce(j.first_held, '') as first_held_text,
            case when i.in_post_before then e.label end as post_before
        from shown as j
        inner join who as w on j.person_id = w.person_id
        inner join lasting_since((select coalesce(list(person_id), []) from who)) as i
            on j.posting_id = i.posting_id and j.criterion = i.criterion and j.from_on = i.from_on
        inner join standard as s on j.standard = s.standard
        inner join legal_document as d on s.document = d.document
        inner join standard as b on i.first_standard = b.standard
        inner join legal_document as c on b.document = c.document
        inner join post as t on j.post = t.post
        inner join post as e on i.first_post = e.post
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
        * exclude (
            template, told_as, told_because, required_text, held_text, floor_text, first_held_text, first_article,
            grace_unchecked, floor_unchecked, post_before
        ),
        cited(article, unchecked) as legal_ref,
        concat_ws(
            ' ',
            filled(template, post_label, held_text, required_text, article, vn_date(effective_from), first_held_text),
            case
                when verdict = 'transitional' then replace(phrase('until_deadline'), '{deadline}', vn_date(deadline))
            end,
            case when verdict = 'transitional' and grace_unchecked then phrase('grace_unchecked') end,
            case when verdict = 'below' and criterion <> 'tuoi_lan_dau' then phrase('no_time_given') end,
            case when could_be_lowered then replace(phrase('province_may_lower'), '{floor}', floor_text) end,
            case
                when floor_unchecked and (could_be_lowered or decision is not null) then phrase('floor_unchecked')
            end,
            -- Who has failed one rule after the other is shown the day of the first beside the last.
            case
                when verdict <> 'meets' and since < effective_from
                    then
                        replace(
                            replace(phrase('ruled_before'), '{since}', vn_date(since)), '{article}', first_article
                        )
                when post_before is not null
                    then replace(replace(phrase('held_before'), '{since}', vn_date(since)), '{post}', post_before)
            end,
            case when unchecked then phrase('rule_unchecked') end
        ) as reason
    from told;

-- Chế độ đang ràng buộc nhiều xã nhất của một địa bàn: quyết định của tỉnh làm thành một chế độ riêng.
create or replace macro shown_regime(of_area) as (
    coalesce(
        (
            select arg_min(r.regime, (-r.units, r.regime))
            from (select regime, count(*) as units from unit_regime where area = of_area group by regime) as r
        ), of_area
    )
);

-- Quy định của chế độ ấy qua mọi thời kỳ, kèm văn bản, quyết định của tỉnh và mức độ đã đối chiếu.
create or replace macro ruled(of_area) as table
    select
        r.*, d.short as document, s.confidence, s.checked_by, s.checked_on, s.note,
        with_decision(
            concat_ws(' ', s.article, d.short),
            (select any_value(p.number) from provincial_decision as p where p.decision = r.decision)
        ) as legal_ref,
        is_unchecked(s.confidence, s.checked_on) as unchecked
    from rule as r
    inner join standard as s on r.standard = s.standard
    inner join legal_document as d on s.document = d.document
    where r.regime = shown_regime(of_area);

-- Những chức vụ của `seated`, khi chọn tiêu chí hoặc kết luận thì chỉ còn chức vụ có kết luận ấy ở tiêu chí ấy.
create or replace macro filtered_seats(
    as_of, scope, communes := []::varchar[], groups := []::varchar[], posts := []::varchar[],
    criteria := []::varchar[], verdicts := []::varchar[], search := ''
) as table
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
create or replace macro asked_for(
    as_of, scope, communes := []::varchar[], groups := []::varchar[], posts := []::varchar[], criteria := []::varchar[],
    verdicts := []::varchar[], search := ''
) as table
    with s as (
        select * from filtered_seats(as_of, scope, communes, groups, posts, criteria, verdicts, search)
    ),

    asked as (
        select posting_id, list(criterion) as criteria_asked
        from judged(as_of, scope, communes, groups, posts, search := search)
        where verdict <> 'exempt' and in_scope
        group by posting_id
    ),

    best as (
        select
            person_id, criterion, any_value(rank) filter (where is_highest) as rank,
            bool_or(field is not null) filter (where status = 'da_co') as has_field,
            bool_or(obtained_on is not null) filter (where is_highest) as dated
        from certificates(as_of, people := (select coalesce(list(person_id), []) from s))
        group by person_id, criterion
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
            m.has_field
        from s
        left join asked as a on s.posting_id = a.posting_id
        left join best as m on s.person_id = m.person_id and m.criterion = 'chuyen_mon'
    )

    select
        k.posting_id, k.person_id, k.full_name, k.family_name, k.given_name, k.birth_on, k.birth_precision,
        k.unit_id, k.unit_code, k.commune, k.post, f.code as data_field, f.label as data_field_label,
        f.sort as data_field_sort,
        case f.code
            when 'birth_date' then coalesce(k.birth_precision = 'ngay', false)
            when 'gender' then k.gender is not null
            when 'first_held_on' then k.first_held_on is not null
            when 'nganh' then coalesce(k.has_field, false)
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
