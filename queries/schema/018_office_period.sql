-- Cơ quan giữ kho gọi là gì từ một ngày; trước ngày đầu tiên ở đây thì theo bảng meta.
create table office_period (
    from_on date not null, office_name varchar, office_parent varchar, office_place varchar
);
-- Cấp chính quyền nào không còn từ ngày nào.
create table government_tier (
    tier varchar not null, ended_on date not null, confidence varchar not null, note varchar
);
