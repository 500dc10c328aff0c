-- Nghĩa vụ bồi dưỡng sau khi nhận chức vụ, tách khỏi kết luận đạt hay chưa đạt: ai phải học lớp nào, đã học hay chưa.

-- Từng lớp bồi dưỡng mà quy định của ngày ấy đòi người giữ một chức vụ phải học sau khi nhận chức: đã học (nghĩa vụ
-- trống), chưa học hoặc chưa rõ đã học hay chưa. Quy định không nêu mức, nên lớp nào cũng được tính là đã học.
create or replace macro training(
    as_of, scope, communes := []::varchar[], groups := []::varchar[], posts := []::varchar[], criteria := []::varchar[],
    verdicts := []::varchar[], search := ''
) as table
    with seats as (
        -- A criterion chosen here is one of training, in which nobody has a verdict.
        select * from filtered_seats(as_of, scope, communes, groups, posts, verdicts := verdicts, search := search)
    ),

    held as (
        select person_id, criterion, is_held and rank > 0 as is_trained, status, level
        from certificates(as_of, people := (select coalesce(list(person_id), []) from seats))
        where nth = 1
    )

    select
        s.*, r.criterion, r.standard,
        case
            when h.is_trained then null
            when h.level is null and coalesce(h.status, '') <> 'dang_hoc' then 'chua_ro'
            else 'chua_hoan_thanh'
        end as duty,
        if(h.status = 'dang_hoc', h.status, h.level) as held
    from seats as s
    inner join seat as o on s.posting_id = o.posting_id and s.seat_from = o.seat_from
    inner join unit_regime as g on o.unit_id = g.unit_id
    inner join rule as r
        on g.regime = r.regime and s.post = r.post and r.kind = 'training' and r.from_on <= as_of and r.to_on > as_of
    left join held as h on s.person_id = h.person_id and r.criterion = h.criterion
    where chosen(criteria, r.criterion);

-- Bao nhiêu người phải học bồi dưỡng, bao nhiêu người chưa hoàn thành, chưa rõ hoặc đã học, ở từng nơi (`place_of`)
-- hoặc trong tất cả. Mỗi người một lần: còn một lớp chưa học là chưa hoàn thành, còn một lớp chưa rõ là chưa rõ.
create or replace macro training_tally(
    as_of, scope, communes := []::varchar[], groups := []::varchar[], posts := []::varchar[], criteria := []::varchar[],
    verdicts := []::varchar[], search := '', per := ''
) as table
    with person_duty as (
        select
            p.unit_code, p.commune, t.person_id,
            count(*) filter (where t.duty = 'chua_hoan_thanh') > 0 as not_done,
            count(*) filter (where t.duty = 'chua_ro') > 0 as unsure
        from training(as_of, scope, communes, groups, posts, criteria, verdicts, search) as t
        inner join place_of(per) as p on t.unit_id = p.unit_id
        group by all
    )

    select
        unit_code, commune, count(*) as bound, count(*) filter (where not_done) as not_done,
        count(*) filter (where unsure and not not_done) as unknown,
        count(*) filter (where not unsure and not not_done) as trained,
        count(*) filter (where not_done) / count(*) as share_not_done
    from person_duty
    group by unit_code, commune;

-- Chức danh mà một hướng dẫn đang nói đến, cùng điều nó nêu và trình độ cao nhất đã có: người đang học hay chưa có mức
-- nào thì chưa đủ, không ghi gì thì is_enough trống.
create or replace macro guided_seats(
    as_of, scope, communes := []::varchar[], groups := []::varchar[], posts := []::varchar[], criteria := []::varchar[],
    verdicts := []::varchar[], search := ''
) as table
    with seats as (
        -- A criterion chosen here is one of the guidance, in which nobody need have a verdict.
        select * from filtered_seats(as_of, scope, communes, groups, posts, verdicts := verdicts, search := search)
    ),

    best as (
        select person_id, criterion, if(status = 'dang_hoc', status, level) as held, if(is_held, rank, -1) as rank
        from certificates(as_of, people := (select coalesce(list(person_id), []) from seats))
        where nth = 1
    )

    select
        s.*, g.document, g.criterion, g.required, g.confidence, b.held, b.rank >= l.rank as is_enough,
        c.until as deadline
    from guidance as g
    inner join seats as s on list_contains(string_split(g.posts, ' '), s.post)
    inner join level as l on g.criterion = l.criterion and g.required = l.level
    left join best as b on s.person_id = b.person_id and g.criterion = b.criterion
    left join guidance_clock as c on s.unit_code = c.unit_code and g.document = c.document and c.until >= as_of
    where
        is_there(g.effective_from, g.ended_on, as_of) and chosen(criteria, g.criterion);
