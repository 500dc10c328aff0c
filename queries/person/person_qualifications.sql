-- Văn bằng, chứng chỉ của một người: mỗi dòng là một trình độ. Chưa rõ ngày cấp thì trình độ được tính từ ngày báo
-- cáo đầu tiên.
select
    q.criterion, q.level as held, q.field, q.status, partial_date(q.obtained_on, q.obtained_precision) as obtained_on,
    q.reported_on, q.evidence, b.title as source
from qualification as q
inner join batch as b on q.batch_id = b.batch_id
inner join label as l on l.domain = 'criterion' and q.criterion = l.code
where
    q.person_id = $person_id
    and q.person_id in (
        select s.person_id
        from seat as s
        inner join unit as u on s.unit_id = u.unit_id
        where s.seat_from <= $as_of and in_scope(u.province_code, u.district_code, u.code, $scope)
    )
    and coalesce(q.obtained_on, q.reported_on) <= $as_of
order by l.sort, q.obtained_on desc nulls last, q.qualification_id;
