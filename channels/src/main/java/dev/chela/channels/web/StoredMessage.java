package dev.chela.channels.web;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message in its newest state.
 *
 * @param seq number of its last change
 * @param born number of its first change: its place in the chat
 * @param key what makes a second send harmless: the page's id, or the outbox's key
 * @param pressed data of the button that was pressed
 * @param pressId the page's id of that press; stays when the buttons go
 * @param notice what became of the press
 */
record StoredMessage(
        String id,
        String chat,
        long seq,
        long born,
        boolean fromBot,
        String key,
        String markdown,
        Extras extras,
        @Nullable String pressed,
        @Nullable String pressId,
        @Nullable String notice,
        @Nullable String reaction,
        Instant at,
        boolean edited,
        boolean deleted) {}
