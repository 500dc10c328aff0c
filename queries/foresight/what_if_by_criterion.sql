-- Mỗi dòng là một tiêu chí: bao nhiêu người có kết luận khác đi nếu xét theo luật giả định, và thành kết luận nào;
-- trong đó bao nhiêu người nay chưa đạt. Mỗi người tính một lần trong một ô.
select
    f.criterion, count(distinct f.person_id) as people,
    count(distinct f.person_id) filter (where f.verdict = 'below') as newly_below,
    count(distinct f.person_id) filter (where f.verdict = 'transitional') as newly_transitional,
    count(distinct f.person_id) filter (where f.verdict = 'unknown') as newly_unknown,
    count(distinct f.person_id) filter (where severity(f.verdict) <= 2) as settled,
    count(distinct f.person_id) filter (where f.verdict_now = 'below') as no_longer_below
from flipped($as_of, $scope, $communes, $groups, $posts, $criteria, $verdicts, $search) as f
inner join label as l on l.domain = 'criterion' and f.criterion = l.code
group by f.criterion, l.sort
order by people desc, l.sort, f.criterion;
