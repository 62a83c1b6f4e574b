CREATE TABLE tool_call (
    thread_id   TEXT    NOT NULL,
    turn_id     TEXT    NOT NULL,
    call_id     TEXT    NOT NULL,
    tool        TEXT    NOT NULL,
    turn_key    TEXT    NOT NULL,
    session_key TEXT    NOT NULL,
    channel     TEXT    NOT NULL,
    source      TEXT    NOT NULL, -- the conversation's token; holds its account
    began_at    INTEGER NOT NULL, -- epoch milliseconds
    ended_at    INTEGER,          -- null while its outcome is unknown
    success     INTEGER,
    delivered   INTEGER,
    result      TEXT,
    PRIMARY KEY (thread_id, turn_id, call_id)
) WITHOUT ROWID;
