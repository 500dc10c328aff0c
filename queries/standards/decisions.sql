-- Quyết định của UBND tỉnh đã nhập: mỗi dòng là một mức do tỉnh quy định cho một tiêu chí.
select decision, number, issued_on, document, posts, criterion, "level", units, effective_from, ended_on, note, origin
from provincial_decision
where effective_from <= $as_of
order by effective_from, decision, criterion;
