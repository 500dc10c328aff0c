-- Quy định đòi bồi dưỡng sau khi nhận chức vụ, của những chức vụ đang chọn, đến ngày đã chọn: mỗi dòng là một điều, lớp
-- nào, của ai, từ ngày nào đến hết ngày nào và mức độ đã đối chiếu. Quy định đã hết áp dụng thì nêu văn bản nào chấm
-- dứt hoặc thay nó, ghi chú là của văn bản ấy.
with asked as (
    select standard, post, criterion, min(from_on) as from_on, max(to_on) as to_on
    from rule
    where
        kind = 'training' and from_on <= $as_of
        and chosen($groups, group_code) and chosen($posts, post) and chosen($criteria, criterion)
    group by standard, post, criterion
),

ending as (
    select
        a.*, if(a.to_on <= $as_of, concat_ws(' ', s.article, d.short), null) as ended_by,
        if(a.to_on <= $as_of, s.note, null) as end_note
    from asked as a
    left join standard as s
        on a.to_on = s.effective_from
        and list_contains(string_split(s.posts, ' '), a.post)
        and list_contains(string_split(s.criteria, ' '), a.criterion)
    left join legal_document as d on s.document = d.document
)

select
    cited(
        concat_ws(' ', s.article, d.short), is_unchecked(any_value(s.confidence), any_value(s.checked_on))
    ) as legal_ref,
    string_agg(distinct p.short_label, ', ' order by p.short_label) as posts,
    string_agg(distinct c.short_label, ', ' order by c.short_label) as training, min(e.from_on) as from_on,
    nullif(e.to_on, date '9999-12-31') - 1 as last_on, e.to_on > $as_of as in_force,
    any_value(s.confidence) as confidence, any_value(s.checked_on) as checked_on,
    string_agg(distinct e.ended_by, '; ' order by e.ended_by) as ended_by,
    if(e.to_on > $as_of, any_value(s.note), string_agg(distinct e.end_note, '; ' order by e.end_note)) as note
from ending as e
inner join standard as s on e.standard = s.standard
inner join legal_document as d on s.document = d.document
inner join post as p on e.post = p.post
inner join label as c on c.domain = 'criterion' and e.criterion = c.code
group by e.standard, s.article, d.short, e.to_on
order by e.to_on desc, e.standard;
