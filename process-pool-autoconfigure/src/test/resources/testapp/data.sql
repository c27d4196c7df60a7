insert into note (text) values ('inserted by a script');
