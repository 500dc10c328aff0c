-- Mỗi dòng là một lần một người đến hoặc rời đi sau ngày đầu và không sau ngày đang xem: ngày nào, vì sao, từ chức vụ
-- nào sang chức vụ nào. Giữ chức vụ khác hoặc theo đơn vị sáp nhập mà vẫn trong diện đang xem thì không phải đến hay
-- đi. Nơi trước khi đến và sau khi rời chỉ nêu khi người xem được thấy nơi ấy.
select
    f.person_id, p.full_name, partial_date(p.birth_on, p.birth_precision) as birth_date, f.flow,
    f.on_date as turned_on,
    case when f.change = 1 then v.short_name else u.short_name end as from_commune,
    case when f.change = 1 then f.other_post else f.post end as from_position,
    case when f.change = 1 then u.short_name else v.short_name end as to_commune,
    case when f.change = 1 then f.post else f.other_post end as to_position
from flowed($from_on, $as_of, $scope, $communes, $groups, $posts, $criteria, $verdicts, $search) as f
inner join person as p on f.person_id = p.person_id
inner join unit as u on f.unit_id = u.unit_id
left join unit as v on f.other_unit = v.unit_id
where f.group_code = 'tat_ca'
order by f.on_date desc, f.change, p.given_name collate vi, p.family_name collate vi, f.person_id;
