CREATE TABLE approval (
    id          TEXT    NOT NULL PRIMARY KEY,
    kind        TEXT    NOT NULL,
    session_key TEXT    NOT NULL,
    channel     TEXT    NOT NULL,
    source      TEXT    NOT NULL, -- JSON: token and facts of the conversation
    asker_id    TEXT    NOT NULL,
    thread_id   TEXT,
    turn_id     TEXT,
    origin_key  TEXT UNIQUE,      -- thread/turn/item: what a request sent again is found by
    title       TEXT    NOT NULL,
    description TEXT    NOT NULL,
    body        TEXT    NOT NULL, -- JSON: choices and questions
    asked_at    INTEGER NOT NULL, -- epoch milliseconds, like the two below
    expires_at  INTEGER NOT NULL,
    decided_at  INTEGER,
    decision    TEXT,             -- JSON; null while open
    decided_by  TEXT
);
CREATE INDEX approval_open ON approval (session_key) WHERE decision IS NULL;
CREATE INDEX approval_turn ON approval (thread_id, turn_id) WHERE decision IS NULL;
