-- Những người chưa đạt hoặc còn trong lộ trình mà kết luận sẽ đổi thành đạt nếu UBND tỉnh quyết định giảm mức cho
-- miền núi đến mức thấp nhất văn bản cho phép. Chưa nhập quyết định nào của tỉnh thì không áp dụng mức giảm.
select
    j.person_id, p.full_name, j.commune, j.post as position, j.criterion, j.verdict, j.held, j.required,
    s.province_floor,
    cited(
        concat_ws(' ', s.article, d.short),
        is_unchecked(s.confidence, s.checked_on) or coalesce(is_unchecked(s.floor_confidence, s.checked_on), false)
    ) as legal_ref
from judged($as_of, $scope, $communes, $groups, $posts, $criteria, $search) as j
inner join person as p on j.person_id = p.person_id
inner join standard as s on j.standard = s.standard
inner join legal_document as d on s.document = d.document
where j.could_be_lowered and chosen($verdicts, j.verdict)
order by p.given_name collate vi, p.family_name collate vi, j.person_id, j.posting_id, j.criterion;
