-- The thread that the context of a session was last counted in.
ALTER TABLE session ADD COLUMN context_thread TEXT;
