-- Sổ tinh giản, phần Quá trình xử lý: bước của những trường hợp mà người xem được thấy.
select t.case_id, s.label as status, t.on_date, r.label as reason, t.note
from live_case_step() as t
inner join live_downsizing_case() as c on t.case_id = c.case_id
inner join unit as u on c.unit_id = u.unit_id
left join label as s on s.domain = 'case_status' and t.status = s.code
left join label as r on r.domain = 'fall_reason' and t.reason = r.code
where in_scope(u.province_code, u.district_code, u.code, $scope)
order by t.case_id, t.on_date, s.sort;
