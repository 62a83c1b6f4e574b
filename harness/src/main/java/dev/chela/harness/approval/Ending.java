package dev.chela.harness.approval;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How and when something ended.
 *
 * @param who decided; empty when nobody did
 * @param heard the ticket of the message whose words decided
 */
record Ending(Decision decision, Optional<String> who, OptionalLong heard, Instant at) {

    static Ending of(Decision decision, Instant at) {
        return new Ending(decision, Optional.empty(), OptionalLong.empty(), at);
    }

    static Ending by(String who, Decision decision, Instant at) {
        return new Ending(decision, Optional.of(who), OptionalLong.empty(), at);
    }

    Ending heardIn(long ticket) {
        return new Ending(decision, who, OptionalLong.of(ticket), at);
    }

    @Nullable Long ticket() {
        return heard.isPresent() ? heard.getAsLong() : null;
    }
}
