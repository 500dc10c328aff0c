-- Một thay đổi nhắc lại người ấy là ai để còn đứng được khi danh sách đã nêu tên bị hoàn tác; điều nhắc lại không phải
-- là điều mới nói, nên nhường mọi điều đợt khác nói.
alter table person_claim add column repeats boolean default false;
