-- Căn cứ tinh giản mà dữ kiện về một người nói đến, theo nghị định có hiệu lực vào ngày nghỉ: loại căn cứ, điều nào, dữ
-- kiện gì, còn phải xác nhận gì, điều gì đang cản.
select distinct s.kind, c.legal_ref, s.facts, s.to_confirm, s.barred
from grounds_suggested($as_of, $leaving_on, $scope) as s
left join ground_cited() as c on s.instrument = c.instrument and s.point = c.point
where s.person_id = $person_id
order by s.kind, s.facts;
