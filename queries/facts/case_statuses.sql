-- Các bước của một hồ sơ tinh giản theo thứ tự, và bước ấy là đang xử lý, đã xong hay không thành.
select l.code as status, case_stage(l.code, $as_of, $as_of) as stage
from label as l
where l.domain = 'case_status'
order by l.sort;
