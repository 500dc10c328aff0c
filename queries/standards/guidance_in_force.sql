-- Hướng dẫn đang áp dụng vào ngày đã chọn: chức danh nào, điều gì, theo văn bản nào. Không phải là luật nên không ai vì
-- hướng dẫn mà chưa đạt chuẩn.
select
    string_agg(p.label, ', ' order by p.sort) as positions, g.criterion, g.required,
    cited(d.short, is_unchecked(g.confidence, null)) as legal_ref, g.effective_from, g.confidence, g.note
from guidance as g
inner join post as p on list_contains(string_split(g.posts, ' '), p.post)
inner join legal_document as d on g.document = d.document
inner join label as l on l.domain = 'criterion' and g.criterion = l.code
where
    is_there(g.effective_from, g.ended_on, $as_of)
    and chosen($groups, p.group_code) and chosen($posts, p.post) and chosen($criteria, g.criterion)
group by g.guidance, g.criterion, g.required, d.short, g.effective_from, g.confidence, g.note, l.sort
order by l.sort, g.guidance;
