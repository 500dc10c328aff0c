-- Trình độ thấp hơn điều kho đã biết, chưa được cán bộ chấp nhận: giữ lại, chỉ tính khi trình độ cao hơn không còn.
alter table qualification_claim add column yields boolean default false;
