-- Những mức mà văn bản cho UBND tỉnh quy định: mỗi dòng là một tiêu chí của một văn bản, mức thấp nhất được đặt (trống
-- là văn bản không nêu) và các chức vụ, chức danh liên quan.
select
    s.document, d.short as legal_ref, c.criterion, s.province_floor, string_agg(s.posts, ' ' order by s.posts) as posts
from standard as s
cross join lateral (select unnest(string_split(s.criteria, ' ')) as criterion) as c
inner join legal_document as d on s.document = d.document
inner join label as l on l.domain = 'criterion' and c.criterion = l.code
where
    c.criterion <> 'nganh'
    and (s.province_floor is not null or 'tinh_quy_dinh' in (coalesce(s.required, ''), coalesce(s.required_first, '')))
    and coalesce(s.area, 'mien_nui') = 'mien_nui'
group by s.document, d.short, c.criterion, s.province_floor, d.effective_on, l.sort
order by d.effective_on desc, s.document, l.sort, c.criterion, s.province_floor;
