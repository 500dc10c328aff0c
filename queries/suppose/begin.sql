-- Nơi ghi lại hai trường hợp sớm nhất và muộn nhất.
create or replace temp table foreseen as select * from memory.main.foreseen;
create or replace temp table foreseen_change as select * from memory.main.foreseen_change;
