-- Hồ sơ tinh giản nêu căn cứ mà kết luận vào ngày đề xuất không có. Xem lại căn cứ của hồ sơ, hoặc bổ sung trình độ,
-- ngành đào tạo của người ấy vào ngày đề xuất. Không xét hồ sơ đã rút hoặc không đủ điều kiện.
with proposed as (
    select
        c.*, g.legal_ref,
        (
            select any_value(d.kind) from downsizing_ground as d
            where d.instrument = c.instrument and d.ground = c.point
        ) as kind,
        (select min(s.on_date) from live_case_step() as s where s.case_id = c.case_id) as proposed_on
    from cases($as_of, $scope, $communes, $groups, $posts, $search) as c
    inner join ground_cited() as g on c.instrument = g.instrument and c.point = g.point
    where c.stage <> 'fallen' and len($criteria) = 0 and len($verdicts) = 0
),

named as (
    select
        p.*,
        case p.kind
            when 'chua_dat_trinh_do' then 'trình độ đào tạo' when 'khong_dung_nganh' then 'ngành đào tạo'
        end as what
    from proposed as p
    where p.kind in ('chua_dat_trinh_do', 'khong_dung_nganh')
)

select
    n.person_id, n.full_name, n.commune, n.post as position,
    'Hồ sơ ' || n.case_id || ' nêu ' || n.legal_ref || ', nhưng ngày đề xuất ' || vn_date(n.proposed_on)
    || ' không có kết luận chưa đạt về ' || n.what || '.' as problem,
    'mau_thuan' as problem_kind
from named as n
left join posting as o on n.person_id = o.person_id and n.post = o.post
left join assessment_spell as a
    on o.posting_id = a.posting_id and n.proposed_on >= a.from_on and n.proposed_on < a.to_on
    and ground_of(a.criterion) = n.kind
group by
    n.person_id, n.full_name, n.given_name, n.family_name, n.commune, n.post, n.case_id, n.legal_ref, n.proposed_on,
    n.what
-- Whoever was short, or may have been, is no contradiction.
having not coalesce(bool_or(a.verdict in ('below', 'transitional', 'unknown')), false)
order by n.given_name collate vi, n.family_name collate vi, n.person_id, n.case_id;
