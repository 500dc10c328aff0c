-- Những điều cơ quan đã sửa về mình và các xã, thị trấn của mình, mới nhất trước. Đó là việc của cả cơ quan: chỉ ai
-- thấy mọi người trong kho mới thấy.
select changed_at, changed_by, what, was, became
from office_change
where sees_everyone($scope)
order by changed_at desc, what;
