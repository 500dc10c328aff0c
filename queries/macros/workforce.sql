-- Đội ngũ theo thời gian: ai có mặt trong khoảng nào, đến và rời đi vì sao, ở mức nào. Mọi câu truy vấn về cơ cấu đội
-- ngũ đọc người qua đây.

-- Cán bộ, công chức trong những nhóm đang chọn; chỉ chọn nhóm khác thì không còn nhóm nào.
create or replace macro officials(groups) as (
    case
        when len(groups) = 0 then official_groups()
        else list_append(list_intersect(groups, official_groups()), '')
    end
);

-- Những khoảng thời gian của từng chức vụ mà bộ lọc cho qua: vào một ngày bất kỳ đúng là những chức vụ của
-- `filtered_seats` ngày đó. Khi lọc theo tiêu chí hoặc kết luận, mỗi khoảng là khoảng còn kết luận ấy.
create or replace macro seat_spells(
    scope, communes := []::varchar[], groups := []::varchar[], posts := []::varchar[], criteria := []::varchar[],
    verdicts := []::varchar[], search := ''
) as table
    select
        s.posting_id, s.person_id, s.unit_id, s.post, s.group_code, s.seat_from as from_on, s.seat_to as to_on,
        s.seat_from, s.seat_to, s.moved_unit, s.moves_on, s.from_precision, s.end_reason
    from seat as s
    inner join unit as u on s.unit_id = u.unit_id
    where
        len(criteria) = 0 and len(verdicts) = 0
        and in_scope(u.province_code, u.district_code, u.code, scope)
        and chosen(communes, u.code) and chosen(groups, s.group_code) and chosen(posts, s.post)
        and (
            search = ''
            or s.person_id in (
                -- The first condition spares a look at every name when nothing is searched for.
                select person_id from person
                where search <> '' and is_named(name_key, search)
            )
        )
    union all
    select
        j.posting_id, j.person_id, j.unit_id, j.post, j.group_code, j.from_on, j.to_on,
        s.seat_from, s.seat_to, s.moved_unit, s.moves_on, s.from_precision, s.end_reason
    from judged(null::date, scope, communes, groups, posts, criteria, search) as j
    inner join seat as s on j.posting_id = s.posting_id and j.unit_id = s.unit_id
    where (len(criteria) > 0 or len(verdicts) > 0) and chosen(verdicts, j.verdict);

-- Sự có mặt của từng người từ ngày đầu đến ngày cuối: các chức vụ nối nhau không hở ngày nào là một lần có mặt, trong
-- từng nhóm hoặc trong tất cả.
create or replace macro presence(
    first_on, last_on, by_group, scope, communes := []::varchar[], groups := []::varchar[], posts := []::varchar[],
    criteria := []::varchar[], verdicts := []::varchar[], search := ''
) as table
    with spell as (
        select person_id, case when by_group then group_code else 'tat_ca' end as group_code, from_on, to_on
        from seat_spells(scope, communes, groups, posts, criteria, verdicts, search)
        where from_on <= last_on and to_on > first_on
    ),

    followed as (
        select
            *,
            max(to_on) over (
                partition by group_code, person_id order by from_on, to_on
                rows between unbounded preceding and 1 preceding
            ) as so_far
        from spell
    ),

    numbered as (
        select
            *, sum(case when so_far >= from_on then 0 else 1 end) over (
                partition by group_code, person_id order by from_on, to_on
            ) as nth
        from followed
    )

    select group_code, person_id, min(from_on) as from_on, max(to_on) as to_on
    from numbered
    group by group_code, person_id, nth;

-- Ai đến và ai rời đi sau ngày đầu và không sau ngày cuối, trong từng nhóm và trong tất cả: ngày nào, chức vụ nào, vì
-- sao, từ đâu đến hoặc đi đâu. Trong vòng 90 ngày trước khi đến hoặc sau khi rời còn giữ chức vụ khác mà người xem
-- được thấy thì là chuyển từ nơi khác đến hoặc sang nơi khác; người được phê duyệt tinh giản thì lý do là tinh giản.
create or replace macro flowed(
    first_on, last_on, scope, communes := []::varchar[], groups := []::varchar[], posts := []::varchar[],
    criteria := []::varchar[], verdicts := []::varchar[], search := ''
) as table
    with run as (
        select *
        from presence(first_on, last_on, false, scope, communes, groups, posts, criteria, verdicts, search)
        union all
        select *
        from presence(first_on, last_on, true, scope, communes, groups, posts, criteria, verdicts, search)
    ),

    event as (
        select group_code, person_id, from_on as on_date, 1 as change
        from run
        where from_on > first_on
        union all
        select group_code, person_id, to_on, -1
        from run
        where to_on <= last_on
    ),

    -- Of several posts taken up or left on one day the first in the order of posts tells the story.
    turned as (
        select e.*, s.* exclude (person_id, group_code, from_on, to_on), s.from_on as spell_from, s.to_on as spell_to
        from event as e
        inner join
            seat_spells(scope, communes, groups, posts, criteria, verdicts, search) as s
            on e.person_id = s.person_id and e.on_date = case when e.change = 1 then s.from_on else s.to_on end
        inner join post as t on s.post = t.post
        where e.group_code in ('tat_ca', s.group_code)
        qualify row_number() over (
                partition by e.group_code, e.person_id, e.on_date, e.change
                order by if(e.change = -1 and s.end_reason is null, 1, 0), t.sort, s.posting_id, s.unit_id
            ) = 1
    ),

    visible as (
        select s.person_id, s.posting_id, s.unit_id, s.post, s.seat_from, s.seat_to
        from seat as s
        inner join unit as u on s.unit_id = u.unit_id
        where in_scope(u.province_code, u.district_code, u.code, scope)
    ),

    -- The same post in the unit of before or after a merger, else the nearest in time.
    other as (
        select t.group_code, t.person_id, t.on_date, t.change, o.post as other_post, o.unit_id as other_unit
        from turned as t
        inner join visible as o on t.person_id = o.person_id
        where
            (t.posting_id <> o.posting_id or t.unit_id <> o.unit_id)
            and case
                when t.change = 1 then o.seat_from < t.on_date and o.seat_to >= t.on_date - handover_days()
                else o.seat_to > t.on_date and o.seat_from <= t.on_date + handover_days()
            end
        qualify row_number() over (
                partition by t.group_code, t.person_id, t.on_date, t.change
                order by
                    if(t.posting_id = o.posting_id, 0, 1),
                    case when t.change = 1 then t.on_date - o.seat_to else o.seat_from - t.on_date end,
                    o.posting_id, o.unit_id
            ) = 1
    ),

    placed as (
        select t.*, o.person_id is not null as elsewhere, o.other_post, o.other_unit
        from turned as t
        left join other as o
            on t.group_code = o.group_code and t.person_id = o.person_id and t.on_date = o.on_date
            and t.change = o.change
    ),

    approved as (
        select distinct p.person_id, p.on_date
        from placed as p
        inner join cases(last_on, ['vn']) as c
            on p.person_id = c.person_id
        where is_approved(c.stage) and abs(c.leaving_on - p.on_date) <= handover_days()
    )

    select
        p.group_code, p.person_id, p.on_date, p.change, p.posting_id, p.unit_id, p.post, p.other_post, p.other_unit,
        case
            when p.change = 1
                then
                    case
                        when p.seat_from < p.on_date then 'filter_in'
                        when p.moved_unit then 'merged_in'
                        when p.elsewhere then 'moved_in'
                        -- Known from a list only: nobody took anything up that day.
                        when p.from_precision = 'bao_cao' then 'first_listed'
                        else 'joined'
                    end
            when p.seat_to > p.on_date then 'filter_out'
            when p.moves_on then 'merged_out'
            when p.elsewhere then 'moved_out'
            when a.person_id is not null then 'tinh_gian'
            -- To another post, the list says, but not to one that is known here.
            when p.end_reason = 'doi_chuc_vu' then 'moved_out'
            else coalesce(p.end_reason, 'khac')
        end as flow
    from placed as p
    left join approved as a on p.person_id = a.person_id and p.on_date = a.on_date;

-- Mức cao nhất đã có về văn hóa, chuyên môn, lý luận chính trị theo thời gian, của những người từng giữ chức vụ mà bộ
-- lọc cho qua. Chưa có dòng nào là chưa rõ.
create or replace macro level_spells(
    until_on, scope, communes := []::varchar[], groups := []::varchar[], posts := []::varchar[],
    criteria := []::varchar[], verdicts := []::varchar[], search := ''
) as table
    with reached as (  -- noqa: ST03, `level_steps` reads it by its name
        select
            q.person_id, q.criterion, q.level, q.status, l.rank, l.place,
            counts_from(q.obtained_on, q.obtained_precision, q.reported_on) as effective_on
        from qualification as q
        inner join level_order('level') as l on q.criterion = l.criterion and q.level = l.level
        where
            q.criterion in ('hoc_van', 'chuyen_mon', 'llct') and q.status = 'da_co'
            and counts_from(q.obtained_on, q.obtained_precision, q.reported_on) <= until_on
            and q.person_id in (
                select person_id from seat_spells(scope, communes, groups, posts, criteria, verdicts, search)
            )
    )

    select person_id, criterion, level, from_on, to_on
    from level_steps('reached')
    where level is not null;

-- Độ tuổi tính theo tuổi tròn. Gộp ba dòng đầu, hai dòng giữa và dòng cuối là cách chia dưới 45, 45 đến 55, trên 55.
create or replace macro age_bands() as table
    select bands.band, bands.from_age, bands.until_age
    from (
        values
        ('duoi_30', 0, 30), ('30_39', 30, 40), ('40_44', 40, 45), ('45_49', 45, 50), ('50_55', 50, 56),
        ('tren_55', 56, 200)
    ) as bands (band, from_age, until_age);

-- Dân tộc chỉ được phân thành Kinh hay thiểu số; không ghi hoặc ghi không thành chữ là chưa rõ.
create or replace macro peoples(ethnicity) as (
    case
        when coalesce(text_key(ethnicity), '') = '' then null
        when text_key(ethnicity) in ('kinh', 'viet', 'kinh viet') then 'kinh'
        else 'thieu_so'
    end
);
