-- Sổ tinh giản, phần Trường hợp: mã được viết bằng tên.
select
    t.case_id, p.full_name, partial_date(p.birth_on, p.birth_precision) as birth, u.short_name, o.label as post,
    d.short as instrument, if(t.point = 'dd', 'đ', t.point) as point, l.label as policy, t.leaving_on,
    if(t.reduces, 'Có', 'Không') as reduces, t.insurance_months, t.hazard_months, t.current_salary, t.average_salary,
    t.decision, t.decided_on, t.benefit_paid
from live_downsizing_case() as t
inner join person as p on t.person_id = p.person_id
inner join unit as u on t.unit_id = u.unit_id
inner join post as o on t.post = o.post
left join downsizing_instrument as i on t.instrument = i.instrument
left join legal_document as d on i.document = d.document
left join label as l on l.domain = 'policy' and t.policy = l.code
where t.unit_id in (select unit_id from visible_units($as_of, $scope))
order by t.leaving_on, t.case_id;
