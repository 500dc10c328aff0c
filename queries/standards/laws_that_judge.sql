-- Mỗi dòng là một nhóm có người được xét vào ngày đã chọn: bao nhiêu người, theo những văn bản nào.
select
    l.label as of_groups, count(distinct j.person_id) as people,
    string_agg(distinct d.short, ', ' order by d.short) as legal_ref
from judged($as_of, $scope, $communes, $groups, $posts, $criteria, $search) as j
inner join standard as s on j.standard = s.standard
inner join legal_document as d on s.document = d.document
inner join label as l on l.domain = 'group' and j.group_code = l.code
where j.in_scope
group by j.group_code, l.label, l.sort
order by l.sort, j.group_code;
