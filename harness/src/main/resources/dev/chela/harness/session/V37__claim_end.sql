-- Which command ended the last claim of a conversation, so that its repeat ends nothing else.
CREATE TABLE claim_end (
    conversation TEXT    NOT NULL PRIMARY KEY, -- its token
    ticket       INTEGER NOT NULL,             -- of the command
    state        TEXT    NOT NULL              -- how far the claim was: pending, bound
) WITHOUT ROWID;
