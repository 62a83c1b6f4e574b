package dev.chela.channels.access;

import dev.chela.channels.Sender;
import dev.chela.config.state.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Strangers who wait for approval and people who got it.
 *
 * <p>A code is valid for an hour and is handed out once for each request; three requests may wait
 * per channel and account, further ones are ignored. Approvals are kept in memory as well, so that
 * judging an event costs no query.
 */
public final class Pairings {

    private static final Duration VALID = Duration.ofHours(1);
    private static final int PENDING_MAX = 3;
    private static final int NAME_MAX_CHARS = 200;

    private final Database database;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final PairingListener listener;
    private final AtomicLong versions = new AtomicLong();
    private final AtomicReference<Snapshot> snapshot;

    /** Reads the approvals; {@code random} must not be guessable. */
    public Pairings(
            Database database,
            InstantSource clock,
            RandomGenerator random,
            PairingListener listener) {
        this.database = database;
        this.clock = clock;
        this.random = random;
        this.listener = listener;
        this.snapshot =
                new AtomicReference<>(new Snapshot(0, database.readNow(PairingTable::approvals)));
    }

    /** Ids of the people approved on this account. */
    public Set<String> approved(String channel, String account) {
        return approvals().stream()
                .filter(one -> one.channel().equals(channel) && one.account().equals(account))
                .map(Approval::person)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Everybody who was approved, oldest first; the first is the owner where none is set. */
    public List<Approval> approvals() {
        return snapshot.get().approvals;
    }

    /** The requests that wait, oldest first. */
    public List<PairingRequest> pending() {
        Instant now = clock.instant();
        return database.readNow(db -> PairingTable.pending(db, now));
    }

    /**
     * Notes a stranger's request, inside the caller's transaction.
     *
     * @return the code to tell them; empty if they were told already or too many wait
     */
    public Optional<String> request(Handle db, String channel, String account, Sender sender) {
        Instant now = clock.instant();
        PairingTable.dropExpired(db, now);
        boolean waits =
                PairingTable.pending(db, channel, account, sender.id(), now).isPresent()
                        || PairingTable.pendingCount(db, channel, account) >= PENDING_MAX;
        if (waits) {
            return Optional.empty();
        }
        String code = PairingCode.draw(random);
        while (PairingTable.codeTaken(db, code)) {
            code = PairingCode.draw(random);
        }
        PairingTable.insert(
                db,
                new PairingRequest(
                        channel,
                        account,
                        sender.id(),
                        bounded(sender.name()),
                        code,
                        now,
                        now.plus(VALID)));
        return Optional.of(code);
    }

    /**
     * Lets in the one who got this code.
     *
     * @return who that is; empty if the code is unknown on this channel or expired
     */
    public Optional<Approval> approve(String channel, String code) {
        Instant now = clock.instant();
        Optional<Approved> done =
                database.writeNow(
                        "access.approve",
                        db ->
                                PairingTable.byCode(db, channel, PairingCode.normal(code), now)
                                        .map(request -> letIn(db, request, now)));
        done.ifPresent(
                approved -> {
                    remember(approved.after);
                    listener.approved(approved.approval, approved.first);
                });
        return done.map(Approved::approval);
    }

    private record Approved(Approval approval, boolean first, Snapshot after) {}

    /** What the table held after the write numbered {@code version}. */
    private record Snapshot(long version, List<Approval> approvals) {}

    private Approved letIn(Handle db, PairingRequest request, Instant now) {
        boolean first = PairingTable.approvals(db).isEmpty();
        Approval approval =
                new Approval(
                        request.channel(),
                        request.account(),
                        request.person(),
                        request.name(),
                        now);
        PairingTable.insert(db, approval);
        PairingTable.delete(db, request);
        return new Approved(approval, first, read(db));
    }

    private Snapshot read(Handle db) {
        return new Snapshot(versions.incrementAndGet(), PairingTable.approvals(db));
    }

    /** Two writers may come back in any order; the later write wins. */
    private void remember(Snapshot after) {
        snapshot.accumulateAndGet(after, (old, fresh) -> fresh.version > old.version ? fresh : old);
    }

    private static String bounded(String name) {
        return name.length() <= NAME_MAX_CHARS ? name : name.substring(0, NAME_MAX_CHARS);
    }
}
