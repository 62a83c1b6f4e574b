-- Conversations bound with /codex bind: each talks straight to a native thread, in a session of its own.
CREATE TABLE claim (
    conversation TEXT    NOT NULL PRIMARY KEY, -- its token: one claim at most
    session_key  TEXT    NOT NULL UNIQUE,      -- the session that it has while claimed
    usual        TEXT    NOT NULL,             -- the session that it has otherwise
    holder       TEXT    NOT NULL,             -- what claims it: codex
    state        TEXT    NOT NULL,             -- pending (somebody is asked), bound
    source       TEXT    NOT NULL,             -- who asked for it and where, JSON
    terms        TEXT    NOT NULL,             -- what its turns run with, JSON object of strings
    ticket       INTEGER NOT NULL,             -- of the command
    claimed_at   INTEGER NOT NULL              -- epoch milliseconds
) WITHOUT ROWID;

-- Where binding was allowed once and for all.
CREATE TABLE claim_grant (
    holder     TEXT    NOT NULL,
    channel    TEXT    NOT NULL,
    account    TEXT    NOT NULL,
    granted_by TEXT    NOT NULL,
    granted_at INTEGER NOT NULL,
    PRIMARY KEY (holder, channel, account)
) WITHOUT ROWID;
