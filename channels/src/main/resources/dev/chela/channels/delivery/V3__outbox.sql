-- What we said or are about to say, one row a platform call. Owned by dev.chela.channels.delivery.
CREATE TABLE outbox (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    intent        TEXT    NOT NULL,
    part          INTEGER NOT NULL,
    channel       TEXT    NOT NULL,
    account       TEXT    NOT NULL,
    conversation  TEXT    NOT NULL,
    turn_key      TEXT,
    action        TEXT    NOT NULL CHECK (action IN ('send', 'edit', 'delete', 'react')),
    -- Where an edit, delete or reaction goes: a platform id, or the row whose id it becomes.
    target        TEXT,
    target_row    INTEGER,
    -- Whether this takes the place of the turn's preview.
    ends_preview  INTEGER NOT NULL,
    -- The words before rendering, for sentTexts; the first part carries them.
    said          TEXT,
    chunk         TEXT,
    state         TEXT    NOT NULL
        CHECK (state IN ('queued', 'started', 'asking', 'acknowledged', 'unknown', 'failed')),
    attempts      INTEGER NOT NULL,
    due_at        BIGINT  NOT NULL,
    message_id    TEXT,
    reason        TEXT,
    created_at    BIGINT  NOT NULL,
    changed_at    BIGINT  NOT NULL,
    UNIQUE (intent, part),
    -- A send that counts as arrived has the platform's id; one that does not has a reason.
    CHECK (state <> 'acknowledged' OR message_id IS NOT NULL),
    CHECK (state NOT IN ('unknown', 'failed') OR reason IS NOT NULL)
);

CREATE INDEX outbox_waiting ON outbox (conversation, id)
    WHERE state IN ('queued', 'asking');
CREATE INDEX outbox_started ON outbox (id) WHERE state = 'started';
CREATE INDEX outbox_target ON outbox (target_row) WHERE target_row IS NOT NULL;
CREATE INDEX outbox_turn ON outbox (turn_key) WHERE turn_key IS NOT NULL;
CREATE INDEX outbox_message ON outbox (conversation, message_id) WHERE message_id IS NOT NULL;
CREATE INDEX outbox_settled ON outbox (changed_at)
    WHERE state IN ('acknowledged', 'unknown', 'failed');

CREATE TABLE preview (
    conversation TEXT   NOT NULL,
    turn_key     TEXT   NOT NULL,
    message_id   TEXT   NOT NULL,
    updated_at   BIGINT NOT NULL,
    PRIMARY KEY (conversation, turn_key)
);
