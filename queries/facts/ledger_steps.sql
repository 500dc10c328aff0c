-- Sổ tinh giản, phần Quá trình xử lý: bước của những trường hợp mà người xem được thấy.
select t.case_id, s.label as status, t.on_date, r.label as reason, t.note
from live_case_step() as t
inner join live_downsizing_case() as c on t.case_id = c.case_id
left join label as s on s.domain = 'case_status' and t.status = s.code
left join label as r on r.domain = 'fall_reason' and t.reason = r.code
where c.unit_id in (select unit_id from visible_units($as_of, $scope))
order by t.case_id, t.on_date, s.sort;
