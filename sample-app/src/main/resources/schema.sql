-- The job table. Created by the server only; workers run no scripts.
create table if not exists document (
	id           uuid primary key,
	name         varchar(255) not null,
	size         bigint not null,
	state        varchar(10) not null,
	pid          bigint,
	server_pid   bigint not null,
	pages        integer,
	thumbnails   integer not null,
	text         clob,
	reason       clob,
	uploaded_at  timestamp with time zone not null,
	finished_at  timestamp with time zone
);
create index if not exists document_uploaded_at on document (uploaded_at desc);
