package dev.chela.harness.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chela.harness.codex.Watches;
import dev.chela.harness.kit.Trace;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * For how long a server that went wrong may hold a lane: what the table of watchdogs (harness §5)
 * says, read anew from the recording and not from what Chela made of it. All times are from the
 * moment in which it went wrong, for up to there a replay takes none.
 *
 * <p>A connection that ended is noticed, and a fresh server asked, at once; so does a bot that
 * begins. Where the server is only quiet, Codex is asked when the watch runs out that the last
 * messages armed (rows 3 to 5, 7 and 8), or, where not even {@code turn/start} was answered, when
 * that call fails (row 1). If it says that the turn ended, or never began, that is the bound. If it
 * says that the turn runs, the person is told, but not before half a minute: until then patience
 * doubles; told, ours stops it. A deaf one costs the deadline of the question besides, and two
 * interrupts of the cleanup (row 9).
 *
 * @param question how long Codex may take to answer
 */
record SilenceBound(Watches watches, Duration question) {

    private static final Duration TOLD_FROM = Duration.ofSeconds(30);

    /** After this much of the clock the lane must be free. */
    Duration of(SilencePlace place, SilentTown.Story story) {
        var seen = Seen.until(place);
        if (seen.last == Last.ENDED || story.restarts()) {
            return Duration.ZERO;
        }
        return switch (story.ending()) {
            case EXIT -> Duration.ZERO;
            case QUIET_COMPLETED -> asked(seen);
            case QUIET_RUNNING, GARBAGE -> seen.begun ? told(asked(seen)) : asked(seen);
            case DEAF -> asked(seen).plus(question).plus(cleanup(seen));
        };
    }

    private Duration asked(Seen seen) {
        return switch (seen.last) {
            case UNANSWERED -> question;
            case ENDED -> Duration.ZERO;
            case FAILED -> watches.completion();
            case GIVEN -> seen.isBusy() ? watches.terminal() : watches.completion();
            case WORKED -> seen.isBusy() ? watches.terminal() : watches.postTool();
            case THOUGHT -> seen.isBusy() ? watches.terminal() : watches.thought();
            case ANSWERED -> seen.isBusy() ? watches.terminal() : watches.release();
            case MOVED -> watches.terminal();
        };
    }

    private static Duration told(Duration first) {
        var all = first;
        for (var next = first.multipliedBy(2); all.compareTo(TOLD_FROM) < 0; ) {
            all = all.plus(next);
            next = next.multipliedBy(2);
        }
        return all;
    }

    private Duration cleanup(Seen seen) {
        return seen.last == Last.UNANSWERED ? Duration.ZERO : watches.stop().multipliedBy(2);
    }

    /** What decides how long silence is borne. */
    private enum Last {
        UNANSWERED,
        GIVEN,
        WORKED,
        THOUGHT,
        ANSWERED,
        MOVED,
        FAILED,
        ENDED
    }

    /** What a client had seen of a turn. */
    private static final class Seen {

        private final Set<String> open = new HashSet<>();
        private Last last = Last.UNANSWERED;
        private Last afterReply = Last.MOVED;
        private boolean begun;

        static Seen until(SilencePlace place) {
            var seen = new Seen();
            var sent = 0;
            for (var entry : place.trace().entries()) {
                if (!entry.fromServer()) {
                    seen.replied(entry);
                    continue;
                }
                if (!place.isReplayed(entry)) {
                    continue;
                }
                if (sent++ == place.position()) {
                    break;
                }
                seen.heard(entry.message(), entry.isResponse());
            }
            return seen;
        }

        boolean isBusy() {
            return !open.isEmpty();
        }

        private void replied(Trace.Entry entry) {
            if (entry.isResponse() && open.remove("request")) {
                last(afterReply);
            }
        }

        private void heard(JsonNode message, boolean response) {
            var item = message.at("/params/item");
            var method = message.path("method").asText();
            if (response) {
                last = Last.GIVEN;
            } else if (message.has("id")) {
                open.add("request");
                afterReply = method.equals("item/tool/call") ? Last.WORKED : Last.GIVEN;
                last(Last.MOVED);
            } else {
                told(method, message.path("params"), item);
            }
        }

        private void told(String method, JsonNode params, JsonNode item) {
            switch (method) {
                case "turn/started" -> begun = true;
                case "turn/completed" -> last = Last.ENDED;
                case "item/started" -> started(item);
                case "item/completed" -> completed(item);
                case "item/agentMessage/delta" -> last(Last.MOVED);
                case "item/fileChange/patchUpdated" -> last(Last.WORKED);
                case "hook/started" -> open.add(params.at("/run/id").asText());
                case "hook/completed" -> open.remove(params.at("/run/id").asText());
                case "error" ->
                        last(params.path("willRetry").asBoolean() ? Last.GIVEN : Last.FAILED);
                default -> {}
            }
        }

        private void started(JsonNode item) {
            if (item.path("type").asText().equals("userMessage")) {
                last(Last.GIVEN);
            } else {
                open.add(item.path("id").asText());
                last(Last.MOVED);
            }
        }

        private void completed(JsonNode item) {
            open.remove(item.path("id").asText());
            switch (item.path("type").asText()) {
                case "userMessage" -> {}
                case "reasoning" -> last(Last.THOUGHT);
                case "agentMessage" ->
                        last(
                                item.path("phase").asText().equals("commentary")
                                        ? Last.THOUGHT
                                        : Last.ANSWERED);
                default -> last(Last.WORKED);
            }
        }

        private void last(Last next) {
            if (last != Last.FAILED) {
                last = next;
            }
        }
    }
}
