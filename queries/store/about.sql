-- Kho đang giữ số liệu của ai, tính đến ngày nào, có phải dữ liệu minh họa không.
select
    coalesce(
        (select max(as_of) from live_batch()),
        (select try_cast(value as date) from meta where name = 'starts_on'), $as_of
    ) as data_as_of,
    coalesce((select min(seat_from) from seat), date '0001-01-01') as data_from,
    (select value from meta where name = 'sample') is not null as sample,
    (select value from meta where name = 'office_parent') as office_parent,
    (select value from meta where name = 'office_name') as office_name,
    (select value from meta where name = 'office_place') as office_place,
    (select value from meta where name = 'map') as map
order by data_as_of;
