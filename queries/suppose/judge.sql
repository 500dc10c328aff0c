-- Kết luận theo luật giả định vào ngày đang xem, kèm căn cứ và lời giải thích; căn cứ nêu ngày áp dụng thật.
update standard set effective_from = enacted_from;

create or replace temp table supposed as
select * from explained($as_of, $scope, $communes, $groups, $posts, $criteria, $search);
