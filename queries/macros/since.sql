-- Mỗi kết luận của những người trong danh sách đã có từ ngày nào không đứt quãng, lúc đầu theo quy định nào, ở chức vụ
-- nào. Người đổi chức vụ mà quy định ấy cũng ràng buộc, hoặc giữ cùng chức vụ ở xã khác, thì không bắt đầu lại.
create or replace macro lasting_since(people) as table
    with recursive spell as (
        select
            posting_id, person_id, post, criterion, from_on, to_on, verdict, standard,
            not coalesce(
                lag(to_on) over one_seat = from_on and lag(verdict) over one_seat = verdict, false
            ) as is_new
        from assessment_spell
        where person_id in (select unnest(people))
        window one_seat as (partition by posting_id, criterion order by from_on)
    ),

    -- Since when the verdict has been the same in one post without a break, and by which rule it was so at first.
    run as materialized (
        select
            *,
            last_value(case when is_new then from_on end ignore nulls) over same_seat as since,
            last_value(case when is_new then standard end ignore nulls) over same_seat as first_standard
        from spell
        window same_seat as (partition by posting_id, criterion order by from_on)
    ),

    -- Who went on under the same rule with another title, or with the same title elsewhere, has not begun anew.
    -- How old somebody was is of the one post.
    taken_over (posting_id, criterion, run_from, since, first_standard, post, depth) as (
        select posting_id, criterion, since, since, first_standard, post, 0
        from run
        where is_new
        union all
        select t.posting_id, t.criterion, t.run_from, b.since, b.first_standard, b.post, t.depth + 1
        from taken_over as t
        inner join run as a on t.posting_id = a.posting_id and t.criterion = a.criterion and t.run_from = a.from_on
        inner join run as b
            on a.person_id = b.person_id and a.criterion = b.criterion and a.verdict = b.verdict
            and t.since = b.to_on and (t.first_standard = b.standard or t.post = b.post)
        where a.verdict in ('below', 'transitional', 'unknown') and a.criterion <> 'tuoi_lan_dau'
    ),

    first_post as (
        select
            posting_id, criterion, run_from, arg_min(since, (since, post)) as since,
            arg_min(first_standard, (since, post)) as first_standard, arg_min(post, (since, post)) as first_post
        from taken_over
        group by posting_id, criterion, run_from
    )

    select
        r.posting_id, r.criterion, r.from_on, f.since, f.first_standard, f.first_post,
        f.since < f.run_from as in_post_before
    from run as r
    inner join first_post as f
        on r.posting_id = f.posting_id and r.criterion = f.criterion and r.since = f.run_from;
