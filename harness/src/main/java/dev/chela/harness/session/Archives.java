package dev.chela.harness.session;

import dev.chela.config.state.Database;
import dev.chela.harness.SessionKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The sessions that are over. */
public final class Archives {

    /** An id is named by at least so many of its first characters. */
    public static final int PREFIX_MIN = 4;

    private static final int LIST_MAX = 200;

    private final Database database;
    private final InstantSource clock;

    public Archives(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The newest 200, the newest first. */
    public List<Archive> list() {
        return database.readNow(handle -> ArchiveRows.all(handle, LIST_MAX));
    }

    /** The newest 200 of one session, the newest first. */
    public List<Archive> of(SessionKey session) {
        return database.readNow(handle -> ArchiveRows.of(handle, session, LIST_MAX));
    }

    /** The one whose id begins with {@code prefix}; empty if none does, or several. */
    public Optional<Archive> find(String prefix) {
        return database.readNow(handle -> only(found(handle, prefix)));
    }

    /**
     * Takes an archived session up again, in one commit; what is present is archived. Only while no
     * lane lives: in a running bot {@link Sessions#restore} is to be used.
     *
     * @param prefix at least the first four characters of its id
     */
    public RestoreResult restore(String prefix) {
        return database.writeNow(
                "session.restore", handle -> restore(handle, prefix, clock.instant()));
    }

    private static RestoreResult restore(Handle handle, String prefix, Instant now) {
        List<Archive> found = found(handle, prefix);
        Optional<Archive> only = only(found);
        if (only.isEmpty()) {
            return new RestoreResult.Unknown(found.size() > 1);
        }
        Archive archive = only.get();
        SessionKey session = archive.session();
        if (InputRows.isWaitedFor(handle, session) || TurnRows.isOpen(handle, session)) {
            return new RestoreResult.Busy();
        }
        Optional<SessionKey> holder = ArchiveRows.threadHolder(handle, archive);
        if (holder.isPresent()) {
            return new RestoreResult.ThreadElsewhere(holder.get());
        }
        SessionState present = SessionRows.require(handle, session, archive.sessionId(), now);
        if (present.forget()) {
            return new RestoreResult.Busy();
        }
        boolean kept =
                !present.sessionId().equals(archive.sessionId())
                        && ArchiveRows.add(handle, session, "restore", now);
        ArchiveRows.takeBack(handle, archive, now);
        return new RestoreResult.Restored(
                archive, kept ? Optional.of(present.sessionId()) : Optional.empty());
    }

    private static List<Archive> found(Handle handle, String prefix) {
        return prefix.length() < PREFIX_MIN ? List.of() : ArchiveRows.startingWith(handle, prefix);
    }

    private static Optional<Archive> only(List<Archive> found) {
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }
}
