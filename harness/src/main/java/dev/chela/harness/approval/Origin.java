package dev.chela.harness.approval;

import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnId;

/**
 * Where in Codex a request came from; a request sent again after a reconnect has the same one.
 *
 * @param item the item or call id
 */
public record Origin(ThreadId thread, TurnId turn, String item) {

    String key() {
        return thread + "/" + turn + "/" + item;
    }
}
