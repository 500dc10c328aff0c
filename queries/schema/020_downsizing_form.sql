-- Các cột kinh phí của từng biểu tinh giản, theo thứ tự của biểu (nạp lại từ queries/reference); by_hand là cột mà
-- luật chỉ định mức trần nên cơ quan tự ghi số tiền.
create table downsizing_form (
    policy varchar not null, sort integer not null, heading varchar not null, by_hand boolean not null, note varchar
);
