package dev.chela.commands;

import dev.chela.channels.OutboundMessage;
import java.util.Optional;

/** What a command leads to. */
public sealed interface CommandAnswer {

    /** Words for the person. */
    record Reply(OutboundMessage message) implements CommandAnswer {}

    /**
     * A turn with {@code prompt}, on the same ticket; only for commands whose specification says
     * so.
     *
     * @param notice posted before the turn
     */
    record Prompt(String prompt, Optional<String> notice) implements CommandAnswer {}

    /** Words for the running turn, or a turn of their own when none takes them. */
    record Steer(String prompt) implements CommandAnswer {}

    /** Nothing to say and nothing to do. */
    record Silent(String reason) implements CommandAnswer {}

    /**
     * The bot stops before it could be done: nothing is said, and the next start runs it again.
     * Only for what changes nothing.
     */
    record Unfinished(String reason) implements CommandAnswer {}

    static CommandAnswer say(String markdown) {
        return new Reply(OutboundMessage.of(markdown));
    }
}
