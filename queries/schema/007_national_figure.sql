-- Số liệu đã công bố của cả nước, để đặt cạnh số của cơ quan (nạp lại từ queries/reference): chỉ những số có nguồn.
-- as_of là ngày của số liệu hoặc ngày cuối của giai đoạn từ from_on; levels là các mức của phần mềm gộp lại thành mức
-- của nguồn.
create table national_figure (
    figure varchar not null, population varchar not null, people integer not null, from_on date, as_of date not null,
    dimension varchar not null, category varchar not null, levels varchar not null, share decimal(6, 4) not null,
    source varchar not null, confidence varchar not null, checked_by varchar, checked_on date, note varchar
);
