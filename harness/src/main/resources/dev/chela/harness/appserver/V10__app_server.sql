-- Processes of ours that may still run: written after each start, deleted when the process is gone.
CREATE TABLE app_server (
  id          TEXT    NOT NULL PRIMARY KEY,
  agent       TEXT    NOT NULL,
  pid         INTEGER NOT NULL,
  started_at  INTEGER NOT NULL, -- ms since 1970, as the operating system tells it
  fingerprint TEXT    NOT NULL, -- SHA-256 of program and arguments
  endpoint    TEXT    NOT NULL,
  config_hash TEXT    NOT NULL
);
