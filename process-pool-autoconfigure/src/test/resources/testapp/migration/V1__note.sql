create table note (text varchar(100));
