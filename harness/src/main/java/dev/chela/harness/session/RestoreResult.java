package dev.chela.harness.session;

import dev.chela.harness.SessionKey;
import java.util.Optional;

/** What became of the wish to take an archived session up again. */
public sealed interface RestoreResult {

    /**
     * It is the present session again.
     *
     * @param replaced the archive in which what was present until now is kept; empty if nothing had
     *     been said in it
     */
    record Restored(Archive archive, Optional<String> replaced) implements RestoreResult {}

    /** No archive, or more than one, has an id that begins so. */
    record Unknown(boolean ambiguous) implements RestoreResult {}

    /** Its thread is by now that of another session: two must not talk to one. */
    record ThreadElsewhere(SessionKey holder) implements RestoreResult {}

    /**
     * A turn runs or messages wait in the session: it would be torn from under them. Or its last
     * new beginning must still forget the thread it had: it would forget the one taken up.
     */
    record Busy() implements RestoreResult {}
}
