-- Ngày giữ chức lần đầu ở sau ngày bắt đầu giữ chính chức vụ ấy. Một trong hai ngày sai: sửa theo quyết định bổ nhiệm
-- hoặc kết quả bầu.
select
    s.person_id, s.full_name, s.commune, s.post as position,
    'Giữ chức lần đầu ' || vn_moment(s.first_held_on, s.first_held_precision) || ' nhưng đã giữ từ '
    || case s.from_precision
        when 'bao_cao' then 'trước ngày báo cáo ' || vn_date(s.from_on)
        else vn_moment(s.from_on, s.from_precision)
    end || '.' as problem,
    'mau_thuan' as problem_kind
from filtered_seats($as_of, $scope, $communes, $groups, $posts, $criteria, $verdicts, $search) as s
where s.first_held_on > latest(s.from_on, s.from_precision)
order by s.given_name collate vi, s.family_name collate vi, s.person_id, s.post, s.posting_id;
