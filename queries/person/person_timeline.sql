-- Mọi kết luận về một người theo thời gian, đến ngày đã chọn: mỗi dòng là một khoảng thời gian mà kết luận và lý
-- do về một tiêu chí không đổi, kèm việc gì mở đầu khoảng đó.
select
    e.post as position, e.criterion, e.from_on, nullif(e.to_on, date '9999-12-31') as to_on, e.verdict,
    e.held, e.required, e.legal_ref, e.deadline,
    -- A level that opens any other verdict was told or changed; nobody reached the standard with it.
    case when e.opened_by = 'level_reached' and e.verdict <> 'meets' then 'level_told' else e.opened_by end
        as opened_by,
    e.reason
from explained(null, ['vn'], people := [$person_id]) as e
inner join label as l on l.domain = 'criterion' and e.criterion = l.code
where e.from_on <= $as_of and e.unit_id in (select unit_id from visible_units($as_of, $scope))
order by l.sort, e.post_sort, e.posting_id, e.from_on desc;
