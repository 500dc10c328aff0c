-- Những người chưa đạt hoặc còn trong lộ trình mà kết luận sẽ đổi thành đạt nếu UBND tỉnh quyết định giảm mức cho
-- miền núi đến mức thấp nhất văn bản cho phép. Chưa nhập quyết định nào của tỉnh thì không áp dụng mức giảm.
with flipping as (
    -- Nobody is person 0: an empty list would mean everybody.
    select coalesce(list(distinct person_id), [0]) as people
    from judged($as_of, $scope, $communes, $groups, $posts, $criteria, $search)
    where could_be_lowered
)

select
    e.person_id, e.full_name, e.commune, e.post as position, e.criterion, e.verdict, e.held, e.required,
    s.province_floor, e.legal_ref
from explained($as_of, $scope, $communes, $groups, $posts, $criteria, $search, (select people from flipping)) as e
inner join standard as s on e.standard = s.standard
where e.could_be_lowered and chosen($verdicts, e.verdict)
order by e.given_name collate vi, e.family_name collate vi, e.person_id, e.posting_id, e.criterion;
