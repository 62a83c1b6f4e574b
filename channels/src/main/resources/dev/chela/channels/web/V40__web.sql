-- One row a message, in its newest state. seq numbers the last change, so that the table is its own
-- log for pages that catch up; born numbers the first one and gives the place in the chat.
create table web_message (
    id        text primary key,
    account   text    not null,
    chat      text    not null,
    seq       integer not null unique,
    born      integer not null,
    author    text    not null check (author in ('person', 'bot')),
    send_key  text    not null,
    markdown  text    not null,
    extras    text    not null,
    pressed   text,
    press_id  text,
    notice    text,
    reaction  text,
    accepted  integer not null,
    at        integer not null,
    edited    integer not null default 0,
    deleted   integer not null default 0,
    unique (account, author, send_key)
);

create index web_message_changes on web_message (account, chat, seq);
create index web_message_places on web_message (account, chat, born);

create table web_file (
    id         text primary key,
    account    text    not null,
    name       text    not null,
    media_type text    not null,
    bytes      integer not null,
    at         integer not null,
    message    text
);

create index web_file_message on web_file (message);
