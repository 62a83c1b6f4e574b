package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What a thread is doing. */
public sealed interface ThreadStatus {

    /** On disk only. */
    record NotLoaded() implements ThreadStatus {}

    /** Loaded, no turn runs. */
    record Idle() implements ThreadStatus {}

    /** Its last turn failed; the next one may run. */
    record SystemError() implements ThreadStatus {}

    /**
     * A turn runs.
     *
     * @param activeFlags {@code waitingOnApproval}, {@code waitingOnUserInput}
     */
    record Active(List<String> activeFlags) implements ThreadStatus {

        public Active {
            activeFlags = Copies.of(activeFlags);
        }
    }

    /** A status that this version of Chela does not know. */
    record Unknown(String type, @JsonValue JsonNode raw) implements ThreadStatus {}
}
