alter table note add column colour text;
