-- What platforms told us, once each, and what became of it. Owned by dev.chela.channels.inbox.
CREATE TABLE inbox (
    -- The arrival ticket; never used twice, not even after pruning.
    seq              INTEGER PRIMARY KEY AUTOINCREMENT,
    channel          TEXT    NOT NULL,
    account          TEXT    NOT NULL,
    event_id         TEXT    NOT NULL,
    conversation     TEXT    NOT NULL,
    kind             TEXT    NOT NULL CHECK (kind IN ('message', 'press', 'edit', 'reaction')),
    sender_id        TEXT    NOT NULL,
    sender_name      TEXT,
    sender_username  TEXT,
    sender_bot       INTEGER NOT NULL,
    sent_at          BIGINT  NOT NULL,
    received_at      BIGINT  NOT NULL,
    message_id       TEXT    NOT NULL,
    -- A message's or edit's text, a press's button data, a reaction's emoji.
    body             TEXT,
    quote            TEXT,
    attachments      TEXT,
    addressed        INTEGER NOT NULL,
    native_command   INTEGER NOT NULL,
    owner            INTEGER NOT NULL,
    commands_allowed INTEGER NOT NULL,
    pairing_code     TEXT,
    state            TEXT    NOT NULL CHECK (state IN ('open', 'closed')),
    turn_key         TEXT,
    outcome          TEXT,
    detail           TEXT,
    closed_at        BIGINT,
    shown_at         BIGINT,
    UNIQUE (channel, account, event_id),
    -- No silent outcome: a row is either open, or closed with what became of it.
    CHECK ((state = 'open' AND outcome IS NULL AND closed_at IS NULL)
        OR (state = 'closed' AND outcome IS NOT NULL AND closed_at IS NOT NULL)),
    -- The words of somebody who was not let in are never kept.
    CHECK (outcome IS NULL OR outcome NOT IN ('refused', 'paired')
        OR (body IS NULL AND quote IS NULL AND attachments IS NULL)),
    CHECK (pairing_code IS NULL
        OR (body IS NULL AND quote IS NULL AND attachments IS NULL))
);

CREATE INDEX inbox_open ON inbox (conversation, seq) WHERE state = 'open';
CREATE INDEX inbox_context ON inbox (conversation, seq)
    WHERE outcome = 'context' AND shown_at IS NULL;
CREATE INDEX inbox_turn ON inbox (turn_key) WHERE turn_key IS NOT NULL;
CREATE INDEX inbox_closed ON inbox (closed_at) WHERE state = 'closed';

CREATE TABLE cursor (
    channel    TEXT   NOT NULL,
    account    TEXT   NOT NULL,
    source     TEXT   NOT NULL,
    position   TEXT   NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (channel, account, source)
);
