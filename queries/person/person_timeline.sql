-- Mọi kết luận về một người theo thời gian, đến ngày đã chọn: mỗi dòng là một khoảng thời gian mà kết luận và lý
-- do về một tiêu chí không đổi, kèm việc gì mở đầu khoảng đó.
select
    e.post as position, e.criterion, e.from_on, nullif(e.to_on, date '9999-12-31') as to_on, e.verdict,
    e.held, e.required, e.legal_ref, e.deadline, e.opened_by, e.reason
from explained(null, $scope, people := [$person_id]) as e
inner join label as l on l.domain = 'criterion' and e.criterion = l.code
where e.from_on <= $as_of
order by l.sort, e.post_sort, e.posting_id, e.from_on desc;
