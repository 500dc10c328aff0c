-- Văn bản làm căn cứ tinh giản biên chế: mỗi dòng là một nghị định, ngày có hiệu lực, ngày hết áp dụng và mức độ đã đối
-- chiếu.
select
    document, short as legal_ref, title, issued_on, effective_on, ended_on, confidence, checked_by, checked_on, note,
    is_there(effective_on, ended_on, $as_of) as in_force
from legal_document
where document in (select document from downsizing_instrument)
order by effective_on, document;
