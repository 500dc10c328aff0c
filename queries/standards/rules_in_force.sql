-- Quy định đang áp dụng vào ngày đã chọn ở địa bàn đã chọn: mỗi dòng là một tiêu chí của một chức vụ, chức danh.
-- "Yêu cầu" áp dụng cho mọi người; "giữ chức vụ lần đầu" chỉ áp dụng cho người giữ chức vụ lần đầu từ ngày quy
-- định có hiệu lực.
with shown as (
    -- A province's decision makes a regime of its own; the one that governs most communes of the area is shown.
    select coalesce(
        (
            select regime from unit_regime
            where area = $area
            group by regime
            order by count(*) desc, regime
            limit 1
        ),
        $area
    ) as regime
)

select
    d.short as document, r.post as position, r.criterion, r.kind, r.required, r.required_first,
    r.at_level, r.grace_until as deadline,
    case when r.criterion <> 'nganh' then r.province_floor end as province_floor,
    concat_ws(' ', s.article, d.short) || coalesce(' (' || r.decision || ')', '') as legal_ref,
    r.effective_from, s.confidence, s.checked_by, s.checked_on, s.note
from rule as r
inner join shown on r.regime = shown.regime
inner join standard as s on r.standard = s.standard
inner join legal_document as d on s.document = d.document
inner join post as p on r.post = p.post
inner join label as l on l.domain = 'criterion' and r.criterion = l.code
where
    r.from_on <= $as_of and r.to_on > $as_of
    and chosen($groups, r.group_code) and chosen($posts, r.post) and chosen($criteria, r.criterion)
order by p.sort, l.sort, r.post, r.criterion;
