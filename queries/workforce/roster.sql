-- Mỗi dòng là một chức vụ đang có người giữ vào ngày đã chọn, với trình độ cao nhất đã có đến ngày đó.
-- Trình độ chưa rõ ngày đạt được tính từ ngày danh sách đầu tiên nêu nó. Bộ lọc tiêu chí và kết luận chọn người
-- có kết luận ấy ở tiêu chí ấy.
with seated_now as (
    select * from filtered_seats($as_of, $scope, $communes, $groups, $posts, $criteria, $verdicts, $search)
),

held as (
    select
        q.person_id, q.criterion, arg_max(q.level, (l.rank, q.level)) as level,
        arg_max(q.field, (l.rank, coalesce(q.obtained_on, q.reported_on), coalesce(q.field, ''))) as field
    from qualification as q
    inner join level as l on q.criterion = l.criterion and q.level = l.level
    where
        q.status = 'da_co'
        and counts_from(q.obtained_on, q.obtained_precision, q.reported_on) <= $as_of
        and q.person_id in (select person_id from seated_now)
    group by q.person_id, q.criterion
),

wide as (
    select
        person_id,
        any_value(level) filter (where criterion = 'hoc_van') as hoc_van,
        any_value(level) filter (where criterion = 'chuyen_mon') as chuyen_mon,
        any_value(field) filter (where criterion = 'chuyen_mon') as nganh,
        any_value(level) filter (where criterion = 'llct') as llct,
        any_value(level) filter (where criterion = 'qlnn') as qlnn,
        any_value(level) filter (where criterion = 'tin_hoc') as tin_hoc
    from held
    group by person_id
)

select
    s.person_id, s.full_name, partial_date(s.birth_on, s.birth_precision) as birth_date, s.gender, s.commune,
    s.post as position, w.hoc_van, w.chuyen_mon, w.nganh, w.llct, w.qlnn, w.tin_hoc,
    partial_date(s.first_held_on, s.first_held_precision) as first_held_on
from seated_now as s
left join wide as w on s.person_id = w.person_id
order by s.given_name collate vi, s.family_name collate vi, s.person_id, s.post, s.posting_id;
