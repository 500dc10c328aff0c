-- Những từ (word) và cột (column) mà cơ quan đã chỉ cho kho, mới nhất trước: hiểu là gì, ai chỉ, lúc nào, ở đợt nào. Đó
-- là việc của cả cơ quan: chỉ ai thấy mọi người trong kho mới thấy.
select l.*, b.title, b.undone_at
from (
    select 'word' as kind, domain as place, word as text, code as meaning, taught_at, taught_by, batch_id
    from word
    where origin = 'co_quan'
    union all
    select 'column', layout, heading, field, taught_at, taught_by, batch_id from layout_column
) as l
left join batch as b on l.batch_id = b.batch_id
where sees_everyone($scope)
order by l.taught_at desc nulls last, l.kind, l.place, l.text;
