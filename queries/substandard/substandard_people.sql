-- Mỗi dòng là một tiêu chí chưa đạt của một người ở một chức vụ. Bộ lọc kết luận để trống thì chỉ lấy "Chưa đạt";
-- chọn kết luận khác thì lấy đúng các kết luận đó. "Từ ngày" là ngày bắt đầu liên tục ở kết luận ấy.
with listed as (
    select *
    from explained($as_of, $scope, $communes, $groups, $posts, $criteria, $search, [])
    where list_contains(case when len($verdicts) = 0 then ['below'] else $verdicts end, verdict)
),

since as (
    select
        l.posting_id, l.criterion,
        coalesce(
            max(a.to_on) filter (where a.verdict <> l.verdict and a.to_on <= l.from_on), min(a.from_on)
        ) as since
    from listed as l
    inner join assessment_spell as a on l.posting_id = a.posting_id and l.criterion = a.criterion
    group by l.posting_id, l.criterion
)

select
    l.person_id, l.full_name, partial_date(l.birth_on, l.birth_precision) as birth_date, l.commune, l.post as position,
    l.criterion, l.held, l.required, l.legal_ref, s.since, l.deadline, l.reason
from listed as l
inner join since as s on l.posting_id = s.posting_id and l.criterion = s.criterion
order by
    severity(l.verdict) desc, l.given_name collate vi, l.family_name collate vi, l.person_id, l.post_sort, l.criterion,
    l.posting_id;
