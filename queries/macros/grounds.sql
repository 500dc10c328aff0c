-- Loại căn cứ tinh giản mà chưa đạt một tiêu chí có thể là; chỉ trình độ chuyên môn và ngành đào tạo là căn cứ.
create or replace macro ground_of(criterion) as (
    case criterion when 'chuyen_mon' then 'chua_dat_trinh_do' when 'nganh' then 'khong_dung_nganh' end
);

-- Căn cứ tinh giản mà dữ kiện vào một ngày có nói đến, theo nghị định có hiệu lực vào ngày nghỉ: mỗi dòng là một người
-- và một căn cứ; dữ kiện gì, còn phải xác nhận gì, điều gì đang cản.
create or replace macro grounds_suggested(
    as_of, leaving_on, scope, communes := []::varchar[], groups := []::varchar[], posts := []::varchar[], search := ''
) as table
    with people as (
        select *
        from seated(as_of, scope, communes, groups, posts, search)
        where is_official(group_code)
    ),

    letter as (
        -- The first letter that tells not to process who was placed below a standard that stood; often there is none.
        select d.short as number, d.issued_on
        from downsizing_refusal as r
        inner join legal_document as d on r.document = d.document
        where r.refusal = 'placed_below'
        order by d.issued_on, d.document
        limit 1
    ),

    decree as (
        select instrument from decrees()
        where from_on <= leaving_on and to_on > leaving_on
    ),

    shortfall as (
        select
            j.posting_id, j.person_id,
            ground_of(j.criterion) as kind, 0 as way,
            replace(
                case j.criterion when 'chuyen_mon' then phrase('fact_level') else phrase('fact_field') end,
                '{held}', coalesce(h.in_sentence, j.held, phrase('fact_held_unknown'))
            ) as fact,
            -- Judged by the standard of the day the post was taken.
            as_of >= g.issued_on and a.verdict = 'below' as placed_below
        from judged(as_of, scope, communes, groups, posts, search := search) as j
        left join letter as g on true
        left join level as h on h.criterion in (j.criterion, '*') and j.held = h.level
        inner join posting as o on j.posting_id = o.posting_id
        left join assessment_spell as a
            on
            j.posting_id = a.posting_id and j.criterion = a.criterion and o.from_on >= a.from_on
            and o.from_on < a.to_on
        where j.verdict = 'below' and ground_of(j.criterion) is not null
    ),

    graded as (
        select
            s.person_id, any_value(t.class) as this_year,
            any_value(e.class) filter (where e.year = year(as_of) - 1) as last_year,
            any_value(e.class) filter (where e.year = year(as_of) - 2) as year_before_last
        from people as s
        left join evaluated(as_of, scope, communes, groups, posts, search) as e on s.person_id = e.person_id
        left join live_evaluation(as_of) as t on s.person_id = t.person_id and t.year = year(as_of)
        group by s.person_id
    ),

    evaluation_fact as (
        select
            s.posting_id, s.person_id, 'xep_loai_thap' as kind, min(e.way) as way,
            replace(
                replace(
                    replace(
                        replace(phrase('fact_evaluation'), '{year_before_last}', (year(as_of) - 2)::varchar),
                        '{class_before_last}', lower(any_value(b.short_label))
                    ), '{last_year}', (year(as_of) - 1)::varchar
                ), '{last_class}', lower(any_value(a.short_label))
            )
            || coalesce(
                replace(
                    replace(phrase('fact_this_year'), '{this_year}', year(as_of)::varchar), '{this_class}',
                    lower(any_value(c.short_label))
                ), ''
            ) as fact
        from people as s
        inner join graded as g on s.person_id = g.person_id
        inner join decree as n on true
        inner join downsizing_evaluation as e
            on e.instrument in (n.instrument, '*') and e.last_year in (g.last_year, '*')
            and e.year_before_last in (g.year_before_last, '*') and e.this_year in (g.this_year, '*')
        inner join label as a on a.domain = 'evaluation' and coalesce(g.last_year, 'chua_danh_gia') = a.code
        inner join label as b on b.domain = 'evaluation' and coalesce(g.year_before_last, 'chua_danh_gia') = b.code
        left join label as c on c.domain = 'evaluation' and g.this_year = c.code
        group by s.posting_id, s.person_id
        -- Way 0 is dismissal, which is no downsizing whatever else fits.
        having min(e.way) > 0
        qualify row_number() over (partition by s.person_id order by s.posting_id) = 1
    ),

    merger as (
        -- The last merger that a commune of the day came of, whatever has become of its district since.
        select n.now_unit as unit_id, max(l.on_date) as on_date
        from unit_lineage as l
        inner join unit_succession as n on l.to_unit = n.unit_id and n.from_on <= as_of and n.to_on > as_of
        where l.event = 'merge' and l.on_date <= as_of
        group by n.now_unit
    ),

    crowded as (
        -- Two holders of a post that merged communes had one of each.
        select
            s.posting_id, s.person_id, 'sap_xep_bo_may' as kind, 0 as way,
            replace(
                replace(
                    phrase('fact_crowded'), '{people}', (count(*) over (partition by s.unit_id, s.post))::varchar
                ), '{merged_on}', vn_date(m.on_date)
            ) as fact
        from people as s
        inner join merger as m on s.unit_id = m.unit_id
        inner join posting as o on s.posting_id = o.posting_id
        -- Who was there before it, in a commune that ended with it.
        inner join unit_succession as b on o.unit_id = b.unit_id and m.on_date = b.to_on
        qualify
            count(*) over (partition by s.unit_id, s.post) > 1
            and count(*) over (partition by o.unit_id, s.post) = 1
    ),

    found as (
        select posting_id, person_id, kind, way, fact, placed_below from shortfall
        union all
        select posting_id, person_id, kind, way, fact, false from evaluation_fact
        union all
        select posting_id, person_id, kind, way, fact, false from crowded
    ),

    hindered as (
        select person_id, string_agg(distinct l.label, '; ' order by l.label) as barred
        from evaluated(as_of, scope, communes, groups, posts, search) as e
        inner join label as l on l.domain = 'why_not_evaluated' and e.why_not = l.code
        where e.year >= year(as_of) - 1 and e.why_not in ('nghi_om', 'ky_luat')
        group by person_id
    ),

    answered as (
        select
            f.posting_id, f.person_id, f.kind, g.ground, any_value(g.instrument) as instrument,
            string_agg(distinct f.fact, '; ' order by f.fact) as facts, bool_or(f.placed_below) as placed_below,
            concat_ws(
                '; ',
                case when bool_or(g.way = 1 and g.no_other_post) then phrase('confirm_other_post') end,
                case when bool_or(g.way = 1 and g.no_retraining) then phrase('confirm_retraining') end,
                case
                    when bool_and(g.consent) then phrase('confirm_consent')
                    when bool_or(g.consent) then phrase('confirm_consent_or')
                end
            ) as to_confirm
        from found as f
        inner join decree as n on true
        inner join downsizing_ground as g
            on n.instrument = g.instrument and f.kind = g.kind and f.way in (0, g.way)
            and contains(g.applies_to, 'can_bo')
        group by f.posting_id, f.person_id, f.kind, g.ground
    )

    select
        a.posting_id, a.person_id, a.kind, a.instrument, a.ground as point, a.facts, a.to_confirm,
        concat_ws(
            '; ', h.barred,
            case
                when a.placed_below
                    then
                        replace(
                            replace(phrase('bar_placed_below'), '{document}', i.number), '{issued_on}',
                            vn_date(i.issued_on)
                        )
            end,
            phrase('bar_to_rule_out')
        ) as barred
    from answered as a
    left join letter as i on true
    left join hindered as h on a.person_id = h.person_id;
