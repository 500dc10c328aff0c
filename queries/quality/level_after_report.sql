-- Ngày cấp văn bằng, chứng chỉ ở sau ngày danh sách báo là đã có. Ngày cấp sai, hoặc lúc báo còn đang học: sửa theo
-- văn bằng, chứng chỉ.
select
    s.person_id, s.full_name, s.commune, s.post as position,
    string_agg(
        c.short_label || ': ' || l.label || ' cấp ' || vn_moment(q.obtained_on, q.obtained_precision)
        || ', báo đã có ngày ' || vn_date(q.reported_on), '; '
        order by c.sort, l.rank, q.qualification_id
    ) || '.' as problem,
    'mau_thuan' as problem_kind
from filtered_seats($as_of, $scope, $communes, $groups, $posts, $criteria, $verdicts, $search) as s
inner join qualification as q on s.person_id = q.person_id
inner join level as l on q.criterion = l.criterion and q.level = l.level
inner join label as c on c.domain = 'criterion' and q.criterion = c.code
where q.status = 'da_co' and q.reported_on <= $as_of and q.obtained_on > q.reported_on
group by s.person_id, s.full_name, s.family_name, s.given_name, s.commune, s.post, s.posting_id
order by s.given_name collate vi, s.family_name collate vi, s.person_id, s.post, s.posting_id;
