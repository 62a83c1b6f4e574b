package dev.chela.channels.delivery;

import dev.chela.channels.Conversation;
import dev.chela.channels.delivery.OutboxRow.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Sends again, because a person asked, what an intent could not deliver for certain. */
final class Resending {

    private Resending() {}

    static Resent again(Handle db, long id, Conversation from, Instant now) {
        Optional<OutboxRow> found =
                OutboxTable.row(db, id).filter(row -> row.conversation().equals(from));
        if (found.isEmpty()) {
            return Resent.GONE;
        }
        String intent = Notices.RESEND + id;
        if (OutboxTable.exists(db, intent)) {
            return Resent.ALREADY;
        }
        List<OutboxRow> parts =
                OutboxTable.ofIntent(db, found.get().intent()).stream()
                        .filter(row -> row.isMessage() && isLost(row.state()))
                        .toList();
        if (parts.isEmpty()) {
            return Resent.ARRIVED;
        }
        if (parts.stream().anyMatch(row -> row.chunk().isEmpty())) {
            return Resent.GONE;
        }
        int part = 0;
        for (OutboxRow row : parts) {
            Draft draft = Draft.plain(intent, part++, from, row.chunk().orElseThrow());
            OutboxTable.insert(db, draft, Optional.empty(), now);
        }
        return Resent.AGAIN;
    }

    private static boolean isLost(State state) {
        return state == State.UNKNOWN || state == State.FAILED;
    }
}
