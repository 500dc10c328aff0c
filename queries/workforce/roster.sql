-- Mỗi dòng là một chức vụ đang có người giữ vào ngày đã chọn, với trình độ cao nhất đã có đến ngày đó.
-- Trình độ chưa rõ ngày đạt được tính từ ngày danh sách đầu tiên nêu nó. Bộ lọc tiêu chí và kết luận chọn người
-- có kết luận ấy ở tiêu chí ấy.
with seated_now as (
    select * from filtered_seats($as_of, $scope, $communes, $groups, $posts, $criteria, $verdicts, $search)
),

wide as (
    select
        person_id,
        any_value(level) filter (where criterion = 'hoc_van' and nth = 1) as hoc_van,
        any_value(level) filter (where criterion = 'chuyen_mon' and nth = 1) as chuyen_mon,
        arg_min(field, nth) filter (where criterion = 'chuyen_mon') as nganh,
        any_value(level) filter (where criterion = 'llct' and nth = 1) as llct,
        any_value(level) filter (where criterion = 'qlnn' and nth = 1) as qlnn,
        any_value(level) filter (where criterion = 'tin_hoc' and nth = 1) as tin_hoc
    from certificates($as_of, people := (select coalesce(list(person_id), []) from seated_now))
    where is_held
    group by person_id
)

select
    s.person_id, s.full_name, partial_date(s.birth_on, s.birth_precision) as birth_date, s.gender, s.commune,
    s.post as position, w.hoc_van, w.chuyen_mon, w.nganh, w.llct, w.qlnn, w.tin_hoc,
    partial_date(s.first_held_on, s.first_held_precision) as first_held_on
from seated_now as s
left join wide as w on s.person_id = w.person_id
order by s.given_name collate vi, s.family_name collate vi, s.person_id, s.post, s.posting_id;
