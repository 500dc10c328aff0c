-- Mỗi dòng là một xã, thị trấn (xem cả tỉnh, cả nước thì là một huyện, một tỉnh): bao nhiêu người chưa đạt, thiếu dữ
-- liệu, trong lộ trình theo quy định đang áp dụng và theo luật giả định; bao nhiêu người thành chưa đạt, bao nhiêu
-- người thôi chưa đạt. Mỗi người tính một lần, theo tiêu chí nặng nhất. Nơi thay đổi nhiều nhất đứng trước.
select
    split_part(part, '|', 1) as unit_code, split_part(part, '|', 2) as commune, total, below_now, below, newly_below,
    no_longer_below, unknown_now, unknown, transitional_now, transitional
from now_and_then($per, $as_of, $scope, $communes, $groups, $posts, $criteria, $search)
order by
    newly_below + no_longer_below + abs(transitional - transitional_now) + abs(unknown - unknown_now) desc,
    below desc, commune collate vi, unit_code;
