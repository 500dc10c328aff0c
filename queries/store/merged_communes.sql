-- Mỗi dòng là một xã, thị trấn của ngày đầu và một xã, thị trấn của ngày đang xem mà nó đã thành, hoặc sau này mới
-- thành nó; để trống là không có nơi nào. Mã không có vào ngày đầu thì lấy đơn vị mang mã ấy gần ngày đó nhất.
with recursive line (earlier, later, merged) as (
    select unit_id, unit_id, false from unit
    union
    select l.earlier, n.to_unit, l.merged or n.event <> 'parent_change'
    from line as l
    inner join unit_lineage as n on l.later = n.from_unit
),

mine as (
    select
        unit_id, code, short_name, ended_on,
        greatest(
            coalesce(valid_from, date '0001-01-01') - $from_on, $from_on - coalesce(ended_on - 1, date '9999-12-31'), 0
        ) as days_away,
        is_there(valid_from, ended_on, $as_of) as is_there
    from unit
    where in_scope(province_code, district_code, code, $scope)
),

meant as (
    select *
    from mine
    where chosen($communes, code)
    qualify row_number() over (partition by code order by days_away, unit_id) = 1
)

select
    m.code as unit_code, m.short_name as commune, m.ended_on, n.code as unit_code_now, n.short_name as commune_now,
    n.merged
from meant as m
left join (
    select l.earlier as unit_id, l.merged, u.code, u.short_name
    from line as l
    inner join mine as u on l.later = u.unit_id and u.is_there
    union
    select l.later, l.merged, u.code, u.short_name
    from line as l
    inner join mine as u on l.earlier = u.unit_id and u.is_there
) as n on m.unit_id = n.unit_id
order by m.code, n.code, n.short_name;
