-- Dấu của mọi điều đã biết về từng người khi xét: ai có dấu khác thì xét lại, ai không thì thôi.
create table person_hash (person_id bigint not null, facts hugeint not null);
