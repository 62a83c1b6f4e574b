-- Upkeep asks for each old entry of a transcript whether a session has it.
CREATE INDEX session_id ON session (session_id);
