-- Mỗi dòng là một năm: số người hưởng chính sách đã được chi trả đến ngày đang xem và kinh phí đã chi trả, theo năm
-- nghỉ. Số người hưởng chính sách khác với số biên chế giảm.
select year, count(*) as people, sum(benefit_paid)::bigint as benefit_paid
from cases($as_of, $scope, $communes, $groups, $posts, $search)
where is_paid(status)
group by year
order by year;
