-- Văn bằng, chứng chỉ của một người: mỗi dòng là một trình độ. Chưa rõ ngày cấp thì trình độ được tính từ ngày báo
-- cáo đầu tiên.
select
    q.criterion, q.level as held, q.field, case when v.rank = 0 then 'chua_co' else q.status end as status,
    partial_date(q.obtained_on, q.obtained_precision) as obtained_on,
    q.reported_on, q.evidence, b.title as source
from qualification as q
inner join batch as b on q.batch_id = b.batch_id
inner join label as l on l.domain = 'criterion' and q.criterion = l.code
left join level as v on q.criterion = v.criterion and q.level = v.level
where
    q.person_id = $person_id
    and q.person_id in (select person_id from visible_people($as_of, $scope))
    and counts_from(q.obtained_on, q.obtained_precision, q.reported_on) <= $as_of
order by l.sort, q.obtained_on desc nulls last, q.qualification_id;
