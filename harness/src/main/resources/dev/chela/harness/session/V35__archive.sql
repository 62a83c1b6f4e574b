CREATE TABLE archive (
    session_id  TEXT    NOT NULL PRIMARY KEY,        -- names the transcript that is kept
    session_key TEXT    NOT NULL,
    reason      TEXT    NOT NULL,                    -- new, reset, daily, idle, restore
    started_at  INTEGER NOT NULL,
    ended_at    INTEGER NOT NULL,
    thread_id   TEXT,                                -- the native thread it was bound to
    facts       TEXT,
    bound_at    INTEGER
) WITHOUT ROWID;
CREATE INDEX archive_session ON archive (session_key, ended_at);

ALTER TABLE session ADD COLUMN renewal TEXT;         -- JSON; waits for the answer that tells it
ALTER TABLE turn ADD COLUMN renewal TEXT;            -- JSON; told with this turn's answer
