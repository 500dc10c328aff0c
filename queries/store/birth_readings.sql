-- Các cách hiểu khi chỉ biết năm sinh, mỗi cách một dòng với nguồn của nó, và cách cơ quan đang chọn từ ngày nào.
with chosen as (
    select * from birth_choice
    qualify row_number() over (order by from_on desc, chosen_at desc) = 1
)

select
    r.reading, r."month", r."day",
    cited(concat_ws(' ', r.article, d.short), is_unchecked(r.confidence, null)) as legal_ref, r.note,
    (select c.from_on from chosen as c where c.reading = r.reading) as from_on
from birth_reading as r
inner join legal_document as d on r.document = d.document
order by r.reading;
