-- Mỗi dòng là một căn cứ của giả định: điều nào của văn bản nào, hoặc dự thảo; bao nhiêu người được xét theo căn cứ ấy.
select legal_ref, count(distinct person_id) as people
from supposed
where in_scope
group by legal_ref
order by people desc, legal_ref;
