-- Sổ tinh giản, phần Diễn biến lương: mỗi dòng là một lần xếp lương của một người.
select
    p.full_name, partial_date(p.birth_on, p.birth_precision) as birth, w.commune, t.from_on, t.coefficient,
    t.position_allowance, t.over_frame, t.seniority, t.reserved
from live_pay_step() as t
inner join person as p on t.person_id = p.person_id
inner join last_commune($as_of, $scope) as w on t.person_id = w.person_id
order by w.commune, p.full_name, t.person_id, t.from_on;
