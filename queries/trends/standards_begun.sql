-- Mỗi dòng là một văn bản có tiêu chuẩn bắt đầu áp dụng sau ngày đầu và không sau ngày đang xem, để đánh dấu trên trục
-- thời gian.
select s.effective_from as effective_on, d.short as legal_ref
from standard as s
inner join legal_document as d on s.document = d.document
where
    s.effective_from > $from_on and s.effective_from <= $as_of
    -- A row without a level only ends a rule.
    and coalesce(s.required, s.required_first) is not null
    -- Nothing begins where a row only ends a standard, or repeats an earlier row of its own document: Luật Hộ tịch 2014
    -- has such a row for the time after 30/06/2025.
    and coalesce(s.required, '') <> 'het_pham_vi'
    and not exists (
        select 1
        from standard as o
        where
            o.document = s.document and o.posts = s.posts and o.criteria = s.criteria
            and o.effective_from < s.effective_from
    )
group by s.effective_from, d.short, d.effective_on
-- Where several documents have rows from one day, only those in force from that very day begin: TT 13/2019, and not
-- the older Luật Hộ tịch 2014, which has rows from its day too.
qualify
    d.effective_on = s.effective_from
    or not bool_or(d.effective_on = s.effective_from) over (partition by s.effective_from)
order by s.effective_from, d.short;
