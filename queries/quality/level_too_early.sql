-- Đạt trình độ khi còn quá trẻ. Ngày sinh hoặc ngày cấp sai: sửa theo văn bằng, chứng chỉ. Trẻ nhất là 15 tuổi, cao
-- đẳng 18, đại học 19, thạc sĩ 21, tiến sĩ 23; không xét tiểu học và trung học cơ sở.
select
    s.person_id, s.full_name, s.commune, s.post as position,
    string_agg(
        c.short_label || ': ' || l.label || ' ' || vn_moment(q.obtained_on, q.obtained_precision), '; '
        order by c.sort, l.rank, q.qualification_id
    ) || '; sinh ' || vn_moment(s.birth_on, s.birth_precision) || '.' as problem,
    'mau_thuan' as problem_kind
from filtered_seats($as_of, $scope, $communes, $groups, $posts, $criteria, $verdicts, $search) as s
inner join qualification as q on s.person_id = q.person_id
inner join level as l on q.criterion = l.criterion and q.level = l.level
inner join label as c on c.domain = 'criterion' and q.criterion = c.code
where
    q.status = 'da_co'
    and latest(q.obtained_on, q.obtained_precision) < s.birth_on + to_years(youngest_for(q.level))
group by
    s.person_id, s.full_name, s.family_name, s.given_name, s.birth_on, s.birth_precision, s.commune, s.post,
    s.posting_id
order by s.given_name collate vi, s.family_name collate vi, s.person_id, s.post, s.posting_id;
