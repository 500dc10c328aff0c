-- Kho đang giữ số liệu của ai, tính đến ngày nào, có phải dữ liệu minh họa không.
select
    coalesce((select max(as_of) from batch), $as_of) as data_as_of,
    coalesce((select min(seat_from) from seat), $as_of) as data_from,
    (select value from meta where name = 'sample') is not null as sample,
    (select value from meta where name = 'office_parent') as office_parent,
    (select value from meta where name = 'office_name') as office_name,
    (select value from meta where name = 'office_place') as office_place,
    (select value from meta where name = 'map') as map
order by data_as_of;
