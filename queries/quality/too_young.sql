-- Chưa đủ 18 tuổi khi nhận chức vụ. Ngày sinh hoặc ngày nhận chức vụ sai: sửa theo giấy khai sinh và quyết định.
select
    s.person_id, s.full_name, s.commune, s.post as position,
    'Sinh ' || vn_moment(s.birth_on, s.birth_precision) || ', nhận chức vụ '
    || vn_date(least(s.first_held_on, s.from_on)) || '.' as problem,
    'mau_thuan' as problem_kind
from filtered_seats($as_of, $scope, $communes, $groups, $posts, $criteria, $verdicts, $search) as s
where
    s.birth_on + to_years(youngest_in_post()) > least(
        latest(s.first_held_on, s.first_held_precision), latest(s.from_on, s.from_precision)
    )
order by s.given_name collate vi, s.family_name collate vi, s.person_id, s.post, s.posting_id;
