-- Who asked to talk to us, and who may. Owned by dev.chela.channels.access.
-- Times are milliseconds since 1970-01-01 UTC in every table of this module.
CREATE TABLE pairing (
    channel      TEXT   NOT NULL,
    account      TEXT   NOT NULL,
    person       TEXT   NOT NULL,
    name         TEXT   NOT NULL,
    code         TEXT   NOT NULL,
    requested_at BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    PRIMARY KEY (channel, account, person)
);

CREATE UNIQUE INDEX pairing_code ON pairing (code);

CREATE TABLE access (
    channel     TEXT   NOT NULL,
    account     TEXT   NOT NULL,
    person      TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    approved_at BIGINT NOT NULL,
    PRIMARY KEY (channel, account, person)
);
