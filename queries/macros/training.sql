-- Nghĩa vụ bồi dưỡng sau khi nhận chức vụ, tách khỏi kết luận đạt hay chưa đạt: ai phải học lớp nào, đã học hay chưa.

-- Từng lớp bồi dưỡng mà quy định của ngày ấy đòi người giữ một chức vụ phải học sau khi nhận chức: đã học (nghĩa vụ
-- trống), chưa học hoặc chưa rõ đã học hay chưa. Quy định không nêu mức, nên lớp nào cũng được tính là đã học.
create or replace macro training(as_of, scope, communes, groups, posts, criteria, verdicts, search) as table
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

-- Bao nhiêu người phải học bồi dưỡng, bao nhiêu người chưa hoàn thành, chưa rõ hoặc đã học, trong từng xã, thị trấn
-- hoặc trong tất cả. Mỗi người một lần: còn một lớp chưa học là chưa hoàn thành, còn một lớp chưa rõ là chưa rõ.
create or replace macro training_tally(
    as_of, scope, communes, groups, posts, criteria, verdicts, search, by_commune := false
) as table
    with person_duty as (
        select
            if(by_commune, unit_code, null) as unit_code, if(by_commune, commune, null) as commune, person_id,
            count(*) filter (where duty = 'chua_hoan_thanh') > 0 as not_done,
            count(*) filter (where duty = 'chua_ro') > 0 as unsure
        from training(as_of, scope, communes, groups, posts, criteria, verdicts, search)
        group by all
    )

    select
        unit_code, commune, count(*) as bound, count(*) filter (where not_done) as not_done,
        count(*) filter (where unsure and not not_done) as unknown,
        count(*) filter (where not unsure and not not_done) as trained,
        count(*) filter (where not_done) / count(*) as share_not_done
    from person_duty
    group by unit_code, commune;
