-- The start as the kernel counts it, which setting the clock does not move; null elsewhere, and in older rows.
ALTER TABLE app_server ADD COLUMN boot TEXT;
ALTER TABLE app_server ADD COLUMN start_ticks INTEGER;
