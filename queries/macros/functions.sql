-- Các hàm dùng chung của mọi câu truy vấn. Được tạo lại mỗi lần mở kho nên không bao giờ cũ.

-- Khóa so sánh không dấu; trùng với vietnamese.key trong Python, kể cả Ð (U+00D0) mà phông chữ cũ viết thay cho Đ.
create or replace macro text_key(x) as (
    trim(regexp_replace(translate(strip_accents(lower(x)), 'đð', 'dd'), '[^a-z0-9]+', ' ', 'g'))
);

-- Họ tên có chứa điều tìm hay không: tìm trống là mọi người, tìm một dấu không có chữ hay số nào là không ai.
create or replace macro is_named(name_key, search) as (
    search = '' or (text_key(search) <> '' and contains(name_key, text_key(search)))
);

-- Điều có từ một ngày đến trước một ngày có vào ngày đang hỏi hay không; ngày trống là không có đầu, không có cuối.
create or replace macro is_there(from_on, ended_on, day) as (
    coalesce(from_on <= day, true) and coalesce(ended_on > day, true)
);

-- Ngày cuối của khoảng thời gian mà một mốc biết đến ngày, tháng hoặc năm có thể rơi vào.
create or replace macro latest(on_date, p) as (
    case p
        when 'nam' then make_date(year(on_date), 12, 31)
        when 'thang' then last_day(on_date)
        else on_date
    end
);

-- Một trình độ được tính từ ngày nào: ngày đạt được, chưa rõ ngày ấy thì ngày danh sách đầu tiên nêu nó.
create or replace macro counts_from(obtained_on, obtained_precision, reported_on) as (
    least(coalesce(latest(obtained_on, obtained_precision), reported_on), reported_on)
);

-- Các mức của một bảng theo thứ bậc; hai mức ngang nhau (chứng chỉ A, Ứng dụng CNTT cơ bản) xếp theo mã, để mọi nơi nêu
-- cùng một mức.
create or replace macro level_order(levels) as table
    select criterion, level, rank, row_number() over (partition by criterion order by rank, level) as place
    from query_table(levels)
    where rank is not null;

-- Mức cao nhất đã có, và mức thấp nhất đang học, của từng người ở từng tiêu chí qua thời gian: mỗi dòng từ một ngày có
-- văn bằng, chứng chỉ được tính (effective_on) đến ngày kế tiếp, dòng đầu là trước mọi ngày ấy. Đọc bảng tên là source,
-- với thứ bậc của `level_order`; vào một ngày thì đúng là dòng nth = 1 đã có (is_held) của `certificates`.
create or replace macro level_steps(source) as table
    with day as (
        select
            person_id, criterion, effective_on,
            max(rank) filter (where status = 'da_co') as day_rank,
            max(place) filter (where status = 'da_co') as day_place,
            arg_max(level, place) filter (where status = 'da_co') as day_level,
            min(rank) filter (where status = 'dang_hoc') as day_open
        from query_table(source)
        group by person_id, criterion, effective_on
    )

    select
        person_id, criterion, effective_on as from_on,
        max(day_rank) over w as rank,
        arg_max(day_level, day_place) over w as level,
        min(day_open) over w as studying_rank,
        lead(effective_on, 1, date '9999-12-31') over w as to_on
    from day
    window w as (partition by person_id, criterion order by effective_on)
    union all
    select person_id, criterion, date '0001-01-01', null, null, null, min(effective_on)
    from day
    group by person_id, criterion;

-- Những ngày của một chuỗi thời gian: từng ngày, hoặc cuối tháng, cuối quý, cuối năm; luôn có ngày đầu và ngày cuối.
create or replace macro days_between(first_on, last_on, step) as table
    select first_on as as_of
    union
    select
        least(
            case step
                when 'day' then d::date
                when 'month' then last_day(d::date)
                when 'quarter' then (date_trunc('quarter', d::date) + interval 3 month)::date - 1
                else make_date(year(d::date), 12, 31)
            end, last_on
        ) as as_of
    from generate_series(first_on::timestamp, last_on::timestamp, interval 1 day) as t (d);

-- Mốc thời gian viết theo ISO đúng với mức độ biết: 1975, 1975-06 hoặc 1975-06-20.
create or replace macro partial_date(on_date, p) as (
    case p
        when 'nam' then strftime(on_date, '%Y') when 'thang' then strftime(on_date, '%Y-%m') else on_date::varchar
    end
);

create or replace macro vn_date(on_date) as strftime(on_date, '%d/%m/%Y');

-- 'ngày 20/06/2015', 'tháng 06/2015' hoặc 'năm 2015', đúng với mức độ biết.
create or replace macro vn_moment(on_date, p) as (
    case p
        when 'nam' then 'năm ' || strftime(on_date, '%Y')
        when 'thang' then 'tháng ' || strftime(on_date, '%m/%Y')
        when 'ngay' then 'ngày ' || vn_date(on_date)
        else ''
    end
);

-- Mức nặng của một kết luận; kết luận của một người là kết luận nặng nhất trong các tiêu chí.
create or replace macro severity(verdict) as (
    case verdict
        when 'below' then 5 when 'unknown' then 4 when 'transitional' then 3 when 'meets' then 2 else 1
    end
);

-- Bao nhiêu người ở từng kết luận, mỗi dòng là một người với mức nặng của kết luận nặng nhất; không được xét là 0.
create or replace macro verdict_tally(severity) as {
    'judged': count(*) filter (where severity > 0),
    'below': count(*) filter (where severity = severity('below')),
    'unknown': count(*) filter (where severity = severity('unknown')),
    'transitional': count(*) filter (where severity = severity('transitional')),
    'meets': count(*) filter (where severity = severity('meets'))
};

-- Đơn vị mà người xem được phép thấy: phạm vi là danh sách mã, 'vn' là cả nước.
create or replace macro in_scope(province, district, commune, scope) as (
    list_has_any(['vn', province, province || '/' || district, commune], scope)
);

-- Cán bộ, công chức: những nhóm mà tinh giản biên chế và Tiêu chí 18.1 nói đến.
create or replace macro official_groups() as ['can_bo', 'cong_chuc'];
create or replace macro is_official(group_code) as list_contains(official_groups(), group_code);

create or replace macro chosen(codes, code) as len(codes) = 0 or list_contains(codes, code);

-- So mức đang có với mức yêu cầu; đang học một mức nghĩa là chưa có mức ấy.
create or replace macro outcome(rank, studying_rank, required_rank) as (
    case
        when required_rank is null then 'exempt'
        when rank >= required_rank then 'meets'
        when rank is not null or studying_rank <= required_rank then 'below'
        else 'unknown'
    end
);

create or replace macro filled(template, post, held, required, article, since, first_held) as (
    replace(
        replace(
            replace(
                replace(replace(replace(template, '{post}', post), '{held}', held), '{required}', required),
                '{article}', article
            ), '{since}', since
        ), '{first_held}', first_held
    )
);

-- Mốc mới nói thêm điều gì so với mốc đã biết, trừ khi nó chỉ kém rõ hơn mà không trái.
create or replace macro says_more(on_date, p, known_on, known_p) as (
    on_date is not null and (
        known_on is null or known_on < on_date or latest(known_on, known_p) > latest(on_date, p)
    )
);

-- Mốc mới rõ hơn hoặc sớm hơn mốc đã biết; mốc tính từ báo cáo kém rõ hơn mọi mốc khác.
create or replace macro clearer(on_date, p, known_on, known_p) as (
    on_date is not null and (
        known_on is null
        or (known_p = 'bao_cao' and on_date <= known_on and (p <> 'bao_cao' or on_date < known_on))
        or (p <> 'bao_cao' and latest(on_date, p) < known_on)
        or (
            p <> 'bao_cao' and on_date >= known_on and latest(on_date, p) <= latest(known_on, known_p)
            and latest(on_date, p) - on_date < latest(known_on, known_p) - known_on
        )
    )
);

-- Một lần thôi và một lần nhận, hoặc một quyết định tinh giản, cách nhau không quá chừng này ngày là cùng một việc.
create or replace macro handover_days() as 90;

create or replace macro is_paid(case_status) as case_status = 'da_chi_tra';

-- Một trường hợp tinh giản đang ở đâu vào một ngày. Được phê duyệt, kể cả đã chi trả, vẫn còn là người của xã đến ngày
-- nghỉ.
create or replace macro case_stage(status, leaving_on, as_of) as (
    case
        when status in ('rut', 'khong_du_dieu_kien') then 'fallen'
        when status in ('de_xuat', 'dang_trinh') then 'in_process'
        when status = 'da_phe_duyet' or is_paid(status) then if(leaving_on <= as_of, 'done', 'waiting')
    end
);

-- Đã được phê duyệt, kể cả đã chi trả, theo `case_stage`.
create or replace macro is_approved(stage) as stage in ('done', 'waiting');

-- Hai họ tên không dấu giống nhau đến mức có thể là một người viết sai.
create or replace macro similar_names(a, b) as (
    a = b or jaro_winkler_similarity(a, b) >= 0.93 or damerau_levenshtein(a, b) <= 1
);

-- Một quy định chưa đối chiếu văn bản gốc.
create or replace macro is_unchecked(confidence, checked_on) as (
    confidence in ('M_med', 'M_low', 'INF') and checked_on is null
);

-- Tuổi trẻ nhất của người giữ chức vụ, và để đạt một trình độ; trùng với plausible trong Python.
create or replace macro youngest_in_post() as 18;

create or replace macro youngest_for(level) as (
    case level
        when 'tieu_hoc' then 0 when 'thcs' then 0 when 'cao_dang' then 18 when 'dai_hoc' then 19 when 'thac_si' then 21
        when 'tien_si' then 23
        else 15
    end
);
