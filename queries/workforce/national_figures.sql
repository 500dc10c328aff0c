-- Mỗi dòng là một số liệu của cả nước có nguồn công khai, để đặt cạnh số của cơ quan: của ai, đến ngày nào, về mặt
-- nào, mức nào, chiếm bao nhiêu, theo nguồn nào. Không ước tính, không suy ra từ số khác.
select
    f.population, f.people, f.from_on as since, f.as_of, f.dimension, f.category, f.share, f.source, f.confidence,
    f.note, f.levels
from national_figure as f
left join label as d on d.domain = 'dimension' and f.dimension = d.code
order by f.as_of desc, d.sort, f.share desc, f.figure, f.category;
