-- Mỗi dòng là một tiêu chí của một người có kết luận khác đi nếu xét theo luật giả định, cùng ngày và cùng hồ sơ: nay
-- kết luận gì, theo luật giả định kết luận gì, vì sao. Chuyển giữa “Đạt” và “Không áp dụng” không kể.
with today as (
    select *
    from judged($as_of, $scope, $communes, $groups, $posts, $criteria, $search)
    where (select count(*) from supposed) > 0
),

paired as (
    select
        coalesce(s.posting_id, n.posting_id) as posting_id, coalesce(s.person_id, n.person_id) as person_id,
        coalesce(s.post, n.post) as post, coalesce(s.commune, n.commune) as commune,
        coalesce(s.criterion, n.criterion) as criterion, coalesce(n.verdict, 'exempt') as verdict_now,
        coalesce(s.verdict, 'exempt') as verdict, coalesce(s.held, n.held) as held, n.required as required_now,
        s.required, s.legal_ref, s.reason
    from supposed as s
    full join today as n on s.posting_id = n.posting_id and s.criterion = n.criterion
)

select
    c.person_id, p.full_name, c.commune, c.post as position, c.criterion, c.verdict_now, c.verdict, c.held,
    c.required_now, c.required, c.legal_ref, c.reason
from paired as c
inner join person as p on c.person_id = p.person_id
where
    greatest(severity(c.verdict_now), 2) <> greatest(severity(c.verdict), 2)
    and (chosen($verdicts, c.verdict) or chosen($verdicts, c.verdict_now))
order by
    severity(c.verdict) desc, c.commune collate vi, p.given_name collate vi, p.family_name collate vi, c.person_id,
    c.posting_id, c.criterion;
