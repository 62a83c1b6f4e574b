-- What a bound conversation is still to be told of its binding; null once that is stored to be sent.
ALTER TABLE claim ADD COLUMN untold TEXT;
