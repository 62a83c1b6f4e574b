package dev.chela.harness.appserver.protocol;

import dev.chela.harness.TurnId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A turn as the server shows it.
 *
 * @param items all of them only when {@code itemsView} is {@code full}
 * @param rootTurnId the turn this one is an inner part of (reviews)
 * @param startedAt seconds since 1970
 * @param completedAt seconds since 1970
 */
public record CodexTurn(
        TurnId id,
        TurnStatus status,
        List<ThreadItem> items,
        @Nullable ItemsView itemsView,
        @Nullable TurnError error,
        @Nullable TurnId rootTurnId,
        @Nullable Long startedAt,
        @Nullable Long completedAt,
        @Nullable Long durationMs) {

    public CodexTurn {
        items = Copies.of(items);
    }
}
