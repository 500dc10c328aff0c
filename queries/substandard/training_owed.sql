-- Nghĩa vụ bồi dưỡng chưa hoàn thành, tách khỏi kết luận đạt hay chưa đạt: mỗi dòng là một lớp mà quy định của ngày đã
-- chọn đòi người giữ một chức vụ phải học sau khi nhận chức, và người ấy chưa học hoặc chưa rõ đã học hay chưa. Quy
-- định không nêu mức, nên lớp nào cũng được tính là đã học.
with seats as (
    -- A criterion chosen here is one of training, in which nobody has a verdict.
    select * from filtered_seats($as_of, $scope, $communes, $groups, $posts, []::varchar[], $verdicts, $search)
),

held as (
    select person_id, criterion, is_held and rank > 0 as is_trained, status, level
    from certificates($as_of, people := (select coalesce(list(person_id), []) from seats))
    where nth = 1
),

owed as (
    select
        s.*, r.criterion, r.standard,
        if(h.level is null and coalesce(h.status, '') <> 'dang_hoc', 'chua_ro', 'chua_hoan_thanh') as duty,
        if(h.status = 'dang_hoc', h.status, h.level) as held
    from seats as s
    inner join seat as o on s.posting_id = o.posting_id and s.seat_from = o.seat_from
    inner join rule as r
        on o.regime = r.regime and s.post = r.post and r.kind = 'training' and r.from_on <= $as_of and r.to_on > $as_of
    left join held as h on s.person_id = h.person_id and r.criterion = h.criterion
    where chosen($criteria, r.criterion) and not coalesce(h.is_trained, false)
)

select
    o.person_id, o.full_name, partial_date(o.birth_on, o.birth_precision) as birth_date, o.commune,
    o.post as position, o.criterion, o.duty, o.held,
    cited(concat_ws(' ', t.article, d.short), is_unchecked(t.confidence, t.checked_on)) as legal_ref
from owed as o
inner join standard as t on o.standard = t.standard
inner join legal_document as d on t.document = d.document
inner join label as l on l.domain = 'criterion' and o.criterion = l.code
order by
    o.given_name collate vi, o.family_name collate vi, o.person_id, o.post, o.posting_id, l.sort, o.criterion;
