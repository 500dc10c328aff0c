-- Những tiêu chuẩn có thể đem ra xét thử: mỗi dòng là một văn bản nêu mức cho ít nhất bốn chức vụ, chức danh, với ngày
-- đầu tiên áp dụng; rồi đến từng dự thảo đã lưu, với ngày của văn bản mà nó sửa và lúc ghi.
with ruled as (
    select s.document, p.post, s.effective_from, l.kind
    from standard as s
    cross join lateral (select unnest(string_split(s.posts, ' ')) as post) as p
    left join "level" as l on l.kind = 'level' and coalesce(s.required, s.required_first) = l."level"
),

law as (
    select document, min(effective_from) as effective_from
    from ruled
    group by document
    having count(distinct post) filter (where kind is not null) >= 4
),

choice as (
    select l.document, d.short as legal_ref, l.effective_from, null::timestamp as made_at
    from law as l
    inner join legal_document as d on l.document = d.document
    union all
    select draft, 'Dự thảo “' || draft || '”', law_on, made_at from draft
)

select document, legal_ref, effective_from, made_at
from choice
order by made_at is not null, effective_from, legal_ref, document;
