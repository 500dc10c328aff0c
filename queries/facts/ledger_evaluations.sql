-- Sổ tinh giản, phần Đánh giá: mỗi dòng là một người và một năm.
select
    p.full_name, partial_date(p.birth_on, p.birth_precision) as birth, w.commune, t.year, g.label as class,
    y.label as why_not, t.reported_on
from live_evaluation() as t
inner join person as p on t.person_id = p.person_id
inner join last_commune($as_of, $scope) as w on t.person_id = w.person_id
left join label as g on g.domain = 'evaluation' and t.class = g.code
left join label as y on y.domain = 'why_not_evaluated' and t.why_not = y.code
order by t.year, w.commune, p.full_name, t.person_id;
