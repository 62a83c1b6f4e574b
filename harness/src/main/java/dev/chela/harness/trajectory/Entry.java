package dev.chela.harness.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One event on its way to a file. */
sealed interface Entry {

    Instant at();

    Names names();

    /** How long it was on the wire. */
    int chars();

    /**
     * Who it is about.
     *
     * @param thread Codex's name of the thread, once known
     * @param turn Codex's name of the turn, once known
     */
    record Names(Place place, String turnKey, @Nullable String thread, @Nullable String turn) {}

    /** Something of ours, a request or a notification; {@code method} is of the latter two. */
    record Whole(
            Instant at,
            Names names,
            String type,
            Optional<String> method,
            Optional<JsonNode> body,
            int chars)
            implements Entry {}

    /** A piece of a text that comes piece by piece: a secret cut in two looks like none. */
    record Piece(Instant at, Names names, String method, String item, int chars) implements Entry {}
}
