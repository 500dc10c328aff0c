-- Cơ quan sửa điều gì về mình và các xã, thị trấn của mình sau khi mở kho: ai, lúc nào, từ gì thành gì.
create table office_change (
    changed_at timestamp not null, changed_by varchar not null, what varchar not null, was varchar, became varchar
);
