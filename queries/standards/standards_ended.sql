-- Mỗi dòng là một ngày sau ngày đầu và không sau ngày đang xem mà tiêu chuẩn của một nhóm chấm dứt, không có tiêu
-- chuẩn nào thay: văn bản nào chấm dứt, trước đó theo văn bản nào, bao nhiêu người vẫn giữ chức vụ mà từ ngày ấy thôi
-- được xét đạt hay chưa đạt. Ai nghỉ đúng ngày ấy thì không kể.
with ended as (
    select r.from_on as on_date, r.post, r.group_code, d.short as ended_by
    from rule as r
    inner join standard as s on r.standard = s.standard
    inner join legal_document as d on s.document = d.document
    where
        r.kind = 'out_of_scope' and r.from_on > $from_on and r.from_on <= $as_of
        and chosen($groups, r.group_code) and chosen($posts, r.post)
        -- A post that a law still binds is still judged.
        and not exists (
            select 1
            from rule as o
            where
                o.post = r.post and o.kind not in ('out_of_scope', 'training')
                and o.from_on <= r.from_on and o.to_on > r.from_on
        )
),

text as (
    select
        e.on_date, list(distinct e.group_code) as group_codes,
        string_agg(distinct e.ended_by, ', ' order by e.ended_by) as ended_by,
        string_agg(distinct d.short, ', ' order by d.short) as legal_ref
    from ended as e
    inner join rule as r on e.post = r.post and e.on_date = r.to_on and r.kind not in ('out_of_scope', 'training')
    inner join standard as s on r.standard = s.standard
    inner join legal_document as d on s.document = d.document
    group by e.on_date
),

-- Wherever they served the day before: communes may merge that very day.
judged_once as (
    select person_id, from_on, to_on
    from judged(null::date, ['vn'], groups := $groups, posts := $posts, criteria := $criteria, search := $search)
    where in_scope and to_on > $from_on and from_on <= $as_of
),

left_out as (
    select t.on_date, count(distinct b.person_id) as people
    from text as t
    inner join judged_once as b on b.from_on < t.on_date and b.to_on >= t.on_date
    inner join seat as s
        on b.person_id = s.person_id and s.seat_from <= t.on_date and s.seat_to > t.on_date
    inner join unit as u on s.unit_id = u.unit_id
    where
        in_scope(u.province_code, u.district_code, u.code, $scope) and chosen($communes, u.code)
        and not exists (
            select 1 from judged_once as a
            where a.person_id = b.person_id and a.from_on <= t.on_date and a.to_on > t.on_date
        )
    group by t.on_date
)

select
    t.on_date as effective_on, t.ended_by, t.legal_ref,
    (
        select string_agg(l.label, ', ' order by l.sort, l.code)
        from label as l
        where l.domain = 'group' and list_contains(t.group_codes, l.code)
    ) as of_groups,
    coalesce(p.people, 0) as people
from text as t
left join left_out as p on t.on_date = p.on_date
order by t.on_date;
