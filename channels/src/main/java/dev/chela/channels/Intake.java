package dev.chela.channels;

import java.util.List;
import java.util.Optional;

/** Where adapters put what the platform told them, before they acknowledge it. */
@FunctionalInterface
public interface Intake {

    /**
     * Checks access and stores the events, and the cursor with them in one commit. Returns when all
     * of it is on disk; only then may the platform be told. An event that is already stored is
     * skipped, a refused one keeps its ids and the reason.
     *
     * @throws RuntimeException if nothing was stored: do not acknowledge, fetch again later
     */
    void accept(List<? extends ChannelEvent> events, Optional<Cursor> cursor);
}
