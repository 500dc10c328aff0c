-- Tên ngành nào thuộc nhóm ngành nào, nhóm ngành nào phù hợp với chức danh nào. Lời của cơ quan được dùng thay cho lời
-- có sẵn.
create or replace temp table field_meaning as
select text_key(word) as word, arg_min(field_group, origin) as field_group
from field_word
group by text_key(word);

create or replace temp table field_fit as
select post, field_group, arg_min(fits, origin) as fits
from post_field
group by post, field_group;
