package dev.chela.channels.telegram.kit;

import java.time.Duration;

/** What the server does instead of answering properly, once. */
public sealed interface Misbehaviour {

    /** Refuses with a status and Telegram's words; nothing happens. */
    record Refusal(int status, String description) implements Misbehaviour {}

    /** 429 with {@code retry_after}; nothing happens. */
    record TooManyRequests(int retryAfterSeconds) implements Misbehaviour {}

    /** An error page instead of JSON; nothing happens. */
    record ErrorPage(int status) implements Misbehaviour {}

    /** Cuts the connection; nothing happens. */
    record CutBefore() implements Misbehaviour {}

    /** Does what was asked, then cuts the connection instead of answering. */
    record CutAfter() implements Misbehaviour {}

    /** Does what was asked, then answers 200 with half of the JSON. */
    record Truncated() implements Misbehaviour {}

    /** Does what was asked, then answers 200 with something else. */
    record Garbage() implements Misbehaviour {}

    /** Does what was asked and answers late. */
    record Slow(Duration delay) implements Misbehaviour {}
}
