package dev.chela.channels.delivery;

import dev.chela.channels.Conversation;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The growing text of a turn as people see it before the turn ends. Calls return at once; the
 * newest text wins, and edits are as far apart as the platform wants them.
 *
 * <p>Ends when an intent is posted {@link Intent#endingTurn}, or with {@link #discard}; after that
 * {@link #show} does nothing.
 */
public final class Preview {

    private final Previews owner;
    private final Conversation where;
    private final String turn;
    private final AtomicReference<@Nullable String> wanted = new AtomicReference<>();
    private volatile Phase phase = Phase.OPEN;
    private volatile Instant notBefore = Instant.MIN;

    // Touched by the conversation's own thread only.
    private @Nullable String shown;
    private boolean loaded;
    private Optional<String> messageId = Optional.empty();

    enum Phase {
        OPEN,
        /** The final answer takes over. */
        ENDED,
        /** The message has to go. */
        DISCARDED
    }

    Preview(Previews owner, Conversation where, String turn) {
        this.owner = owner;
        this.where = where;
        this.turn = turn;
    }

    /** Wants {@code markdown} to be seen instead of what is. */
    public void show(String markdown) {
        if (phase == Phase.OPEN && !markdown.isBlank()) {
            wanted.set(markdown);
            owner.wants(this);
        }
    }

    /** Takes the preview away: the turn has nothing to say here. */
    public void discard() {
        if (phase == Phase.OPEN) {
            phase = Phase.DISCARDED;
            owner.signal(where);
        }
    }

    void end() {
        if (phase == Phase.OPEN) {
            phase = Phase.ENDED;
        }
    }

    Phase phase() {
        return phase;
    }

    Conversation where() {
        return where;
    }

    String turn() {
        return turn;
    }

    /** The text to show now; empty if people see it already. */
    Optional<String> unseen() {
        String text = wanted.get();
        return text == null || text.equals(shown) ? Optional.empty() : Optional.of(text);
    }

    void seen(String text) {
        shown = text;
    }

    Optional<String> messageId(Outbox outbox) {
        if (!loaded) {
            messageId = outbox.preview(where, turn);
            loaded = true;
        }
        return messageId;
    }

    void sentAs(String id) {
        messageId = Optional.of(id);
    }

    Instant notBefore() {
        return notBefore;
    }

    void rest(Instant until) {
        notBefore = until;
    }
}
