-- Hai người đang giữ cùng một chức vụ mà mỗi xã, thị trấn chỉ có một người. Ghi ngày thôi giữ của người đã thôi. Người
-- của các đơn vị vừa sáp nhập chỉ tính khi một danh sách từ ngày sáp nhập đã nêu tên ít nhất một trong hai người.
with elsewhere as (
    select e.*, o.unit_id as recorded_in
    from seated($as_of, $scope) as e
    inner join posting as o on e.posting_id = o.posting_id
),

-- From which day two units are one.
joined as (
    select a.unit_id, b.unit_id as other_unit, min(greatest(a.from_on, b.from_on)) as joined_on
    from unit_succession as a
    inner join unit_succession as b on a.now_unit = b.now_unit and a.from_on < b.to_on and b.from_on < a.to_on
    group by a.unit_id, b.unit_id
),

-- The newest list of everybody in post that names somebody in a posting.
listed as (
    select c.posting_id, max(b.as_of) as listed_on
    from posting_claim as c
    inner join live_batch() as b on c.batch_id = b.batch_id
    where b.as_of <= $as_of and b.batch_id in (select l.batch_id from batch_unit as l)
    group by c.posting_id
)

select
    s.person_id, s.full_name, s.commune, s.post as position,
    -- A post copied down a whole list is everybody's: the first few tell which.
    'Cùng giữ với ' || array_to_string(list_sort(array_agg(distinct o.full_name))[:5], ', ')
    || if(count(distinct o.full_name) > 5, ' và ' || count(distinct o.full_name) - 5 || ' người khác', '')
    || '.' as problem,
    'mau_thuan' as problem_kind
from filtered_seats($as_of, $scope, $communes, $groups, $posts, $criteria, $verdicts, $search) as s
inner join elsewhere as w on s.posting_id = w.posting_id
inner join elsewhere as o on s.unit_code = o.unit_code and s.post = o.post and s.person_id <> o.person_id
inner join joined as j on w.recorded_in = j.unit_id and o.recorded_in = j.other_unit
left join listed as a on s.posting_id = a.posting_id
left join listed as b on o.posting_id = b.posting_id
where
    s.post in ('bi_thu', 'ct_hdnd', 'ct_ubnd', 'ct_mttq', 'bt_doan', 'ct_lhpn', 'ct_nd', 'ct_ccb')
    and greatest(a.listed_on, b.listed_on, s.from_on, o.from_on) >= j.joined_on
group by s.person_id, s.full_name, s.family_name, s.given_name, s.commune, s.post, s.posting_id
order by s.given_name collate vi, s.family_name collate vi, s.person_id, s.post, s.posting_id;
