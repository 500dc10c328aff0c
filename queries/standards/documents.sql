-- Văn bản làm căn cứ để xét chuẩn: mỗi dòng là một văn bản, ngày có hiệu lực, ngày hết áp dụng và mức độ đã đối
-- chiếu.
select
    document, short as legal_ref, title, issued_on, effective_on, ended_on, confidence, checked_by, checked_on, note,
    is_there(effective_on, ended_on, $as_of) as in_force
from legal_document
where
    document not in (select document from downsizing_instrument)
    and document not in (select document from downsizing_refusal)
order by effective_on, document;
