CREATE TABLE session (
    session_key         TEXT    NOT NULL PRIMARY KEY,
    session_id          TEXT    NOT NULL,
    channel             TEXT,
    source              TEXT,                        -- last route, JSON; its token holds the account
    started_at          INTEGER NOT NULL,            -- epoch milliseconds, like every time here
    last_interaction_at INTEGER NOT NULL,            -- moved by people, not by beats and jobs
    updated_at          INTEGER NOT NULL,
    model               TEXT,
    queue               TEXT,                        -- stored /queue, JSON
    preferences         TEXT    NOT NULL DEFAULT '{}',
    input_tokens        INTEGER NOT NULL DEFAULT 0,
    cached_tokens       INTEGER NOT NULL DEFAULT 0,
    output_tokens       INTEGER NOT NULL DEFAULT 0,
    context_tokens      INTEGER NOT NULL DEFAULT 0,
    context_window      INTEGER NOT NULL DEFAULT 0,
    compactions         INTEGER NOT NULL DEFAULT 0,
    cut_off             INTEGER NOT NULL DEFAULT 0,  -- tickets up to it that still wait are ended
    cut_off_kind        TEXT    NOT NULL DEFAULT 'STOPPED',
    forget              INTEGER NOT NULL DEFAULT 0   -- 1 while the native binding must still go
) WITHOUT ROWID;

CREATE TABLE turn (
    turn_key        TEXT    NOT NULL PRIMARY KEY,
    session_key     TEXT    NOT NULL,
    session_id      TEXT    NOT NULL,
    input_key       TEXT    NOT NULL,
    source          TEXT    NOT NULL,
    reply_mode      TEXT    NOT NULL,
    model           TEXT,
    state           TEXT    NOT NULL,                -- begun, done (outcome stored), closed (handed over)
    interrupt_cause TEXT,
    thread_id       TEXT,
    codex_turn_id   TEXT,
    outcome         TEXT,
    begun_at        INTEGER NOT NULL,
    ended_at        INTEGER,
    closed_at       INTEGER
);
CREATE INDEX turn_open ON turn (session_key) WHERE state <> 'closed';
CREATE INDEX turn_session ON turn (session_key, begun_at);

CREATE TABLE turn_input (
    ticket       INTEGER NOT NULL PRIMARY KEY,       -- the inbox row; order of arrival
    session_key  TEXT    NOT NULL,
    state        TEXT    NOT NULL,                   -- queued, parked, taken, ending, ended
    input_key    TEXT,                               -- under which it was given to the turn
    turn_key     TEXT,
    summarized   INTEGER NOT NULL DEFAULT 0,
    urgent       INTEGER NOT NULL DEFAULT 0,         -- /steer
    source       TEXT    NOT NULL,
    reply_mode   TEXT    NOT NULL,
    queue        TEXT,                               -- inline /queue, JSON
    model        TEXT,                               -- inline /model
    submitted_at INTEGER NOT NULL,
    end_kind     TEXT,
    end_notice   TEXT
);
CREATE INDEX turn_input_open ON turn_input (session_key, ticket) WHERE state <> 'ended';
CREATE INDEX turn_input_turn ON turn_input (turn_key);

CREATE TABLE transcript (
    entry       INTEGER PRIMARY KEY AUTOINCREMENT,
    session_key TEXT    NOT NULL,
    session_id  TEXT    NOT NULL,
    entry_key   TEXT    NOT NULL,                    -- what makes a second mirroring harmless
    kind        TEXT    NOT NULL,                    -- session, message, end
    body        TEXT    NOT NULL,                    -- JSON object
    at          INTEGER NOT NULL,
    UNIQUE (session_id, entry_key)
);
CREATE INDEX transcript_session ON transcript (session_key, entry);
