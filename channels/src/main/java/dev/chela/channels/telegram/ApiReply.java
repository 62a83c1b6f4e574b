package dev.chela.channels.telegram;

import com.google.gson.JsonElement;
import java.time.Duration;
import java.util.Optional;

/** How a call to the Bot API ended. */
sealed interface ApiReply {

    /** Done. */
    record Ok(JsonElement result) implements ApiReply {}

    /**
     * Answered with an error: certainly not done.
     *
     * @param status Telegram's error code, else the HTTP status
     * @param description Telegram's words, bounded
     * @param retryAfter how long Telegram wants to be left alone
     * @param movedTo the chat's new id after a group became a supergroup
     */
    record Rejected(
            int status, String description, Optional<Duration> retryAfter, Optional<Long> movedTo)
            implements ApiReply {

        boolean says(String words) {
            return description.contains(words);
        }
    }

    /** No byte of the request left: certainly not done. */
    record NotSent(String reason) implements ApiReply {}

    /** The request went out and no readable answer came back: done or not. */
    record Lost(String reason) implements ApiReply {}
}
