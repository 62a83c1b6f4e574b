ALTER TABLE approval ADD COLUMN ticket INTEGER;                     -- the message whose words answered it
ALTER TABLE approval ADD COLUMN taken_at INTEGER;                   -- when its asker took the decision
ALTER TABLE approval ADD COLUMN untold INTEGER NOT NULL DEFAULT 0;  -- 1: its prompt may not show the end yet
CREATE INDEX approval_ticket ON approval (ticket) WHERE ticket IS NOT NULL;
CREATE INDEX approval_untold ON approval (decided_at) WHERE untold = 1;
CREATE TABLE approval_memory (
    session_key TEXT    NOT NULL,
    fingerprint TEXT    NOT NULL, -- provider, session, tool, input and folder
    allowed_at  INTEGER NOT NULL, -- epoch milliseconds
    approval_id TEXT    NOT NULL,
    PRIMARY KEY (session_key, fingerprint)
);
