CREATE TABLE binding (
    session_key TEXT    NOT NULL PRIMARY KEY,
    thread_id   TEXT    NOT NULL,
    facts       TEXT    NOT NULL, -- JSON object of strings: what the thread was started with
    created_at  INTEGER NOT NULL, -- epoch milliseconds
    updated_at  INTEGER NOT NULL
) WITHOUT ROWID;
