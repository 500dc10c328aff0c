-- Bao nhiêu người có tiêu chí ở kết luận đang chọn (để trống là "Chưa đạt"), theo từng tiêu chí; dòng không có tiêu
-- chí là trong tất cả, mỗi người một lần.
select criterion, count(distinct person_id) as people
from judged($as_of, $scope, $communes, $groups, $posts, $criteria, $search)
where list_contains(case when len($verdicts) = 0 then ['below'] else $verdicts end, verdict)
group by grouping sets ((criterion), ())
order by criterion nulls last;
