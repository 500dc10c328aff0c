-- Mã và tên gọi của mọi danh mục: chức danh, trình độ, tiêu chí, kết luận, nhóm, lý do.
select domain, code, label, short_label, sort from label
union all
select 'post', post, label, short_label, sort from post
union all
select criterion, "level", label, in_sentence, rank from "level"
union all
select 'field_group', field_group, label, label, null from field_group
order by domain, sort, code;
