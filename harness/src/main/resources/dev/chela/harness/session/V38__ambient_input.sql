-- Whether a message is talk in a room that is only watched.
ALTER TABLE turn_input ADD COLUMN ambient INTEGER NOT NULL DEFAULT 0;
