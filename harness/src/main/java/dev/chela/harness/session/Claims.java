package dev.chela.harness.session;

import dev.chela.config.state.Database;
import dev.chela.harness.SessionKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Which conversations are claimed. Every message is looked up here, so they are kept in memory as
 * they are on disk; each change commits before it is seen.
 */
public final class Claims {

    private final Database database;
    private final AtomicReference<Known> known = new AtomicReference<>(Known.nothing());

    Claims(Database database) {
        this.database = database;
    }

    /** The claim of a conversation, pending ones too. */
    public Optional<Claim> of(String conversation) {
        return Optional.ofNullable(known().get(conversation));
    }

    /** The claim whose own session this is, if it is bound. */
    public Optional<Claim> of(SessionKey session) {
        if (!SessionKeys.isClaim(session)) {
            return Optional.empty();
        }
        return known().values().stream()
                .filter(claim -> claim.session().equals(session))
                .filter(Claim::isBound)
                .findFirst();
    }

    /** Those that still wait for a decision. */
    public List<Claim> pending() {
        return known().values().stream().filter(claim -> !claim.isBound()).toList();
    }

    /**
     * Stores a claim with the thread it starts with, in place of what was there. From one that is
     * bound the thread leaves any other session, as when it is {@link #allowed}.
     */
    public void save(Claim claim, Binding binding) {
        try {
            database.writeNow(
                    "session.claim",
                    handle -> {
                        insert(handle, claim);
                        Bindings.put(handle, binding);
                        if (claim.isBound()) {
                            Bindings.takeFromOthers(handle, claim.session());
                        }
                        return true;
                    });
        } finally {
            doubt();
        }
    }

    /**
     * It is allowed: from now on the conversation has the claim's session. The thread leaves any
     * other session that is bound to it: two must not talk to one.
     *
     * @param untold what the conversation is to be told of it, until that was {@link #told}
     * @return false if the claim is gone or was made anew since
     */
    public boolean allowed(Claim claim, Optional<String> untold) {
        try {
            return database.writeNow(
                    "session.claimed",
                    handle -> {
                        int changed =
                                handle.createUpdate(
                                                """
                                                UPDATE claim SET state = 'bound',
                                                    untold = :untold
                                                WHERE conversation = :place
                                                  AND ticket = :ticket
                                                """)
                                        .bind("untold", untold)
                                        .bind("place", claim.conversation())
                                        .bind("ticket", claim.ticket())
                                        .execute();
                        if (changed == 1) {
                            Bindings.takeFromOthers(handle, claim.session());
                        }
                        return changed == 1;
                    });
        } finally {
            doubt();
        }
    }

    /** The conversation will be told. */
    public void told(Claim claim) {
        database.writeNow(
                "session.claimTold",
                handle ->
                        handle.createUpdate(
                                        """
                                        UPDATE claim SET untold = NULL
                                        WHERE conversation = :place AND ticket = :ticket
                                        """)
                                .bind("place", claim.conversation())
                                .bind("ticket", claim.ticket())
                                .execute());
    }

    /** The bound claims whose conversations are still to be told, with the words. */
    public Map<Claim, String> untold() {
        return database.readNow(
                handle ->
                        handle
                                .createQuery("SELECT * FROM claim WHERE untold IS NOT NULL")
                                .map(
                                        (row, context) ->
                                                Map.entry(claim(row), row.getString("untold")))
                                .stream()
                                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** Ends the claim and what its session is bound to. Says whether it was still there. */
    public boolean remove(Claim claim) {
        try {
            return database.writeNow(
                    "session.unclaim",
                    handle -> {
                        int gone =
                                handle.createUpdate(
                                                """
                                                DELETE FROM claim
                                                WHERE conversation = :place
                                                  AND ticket = :ticket
                                                """)
                                        .bind("place", claim.conversation())
                                        .bind("ticket", claim.ticket())
                                        .execute();
                        if (gone == 1) {
                            Bindings.delete(handle, claim.session());
                        }
                        return gone == 1;
                    });
        } finally {
            doubt();
        }
    }

    /**
     * Stores that the command with this ticket ends the claim, before it does: a repeat after a
     * crash then knows what it did, and does not take more away.
     */
    public void ending(Claim claim, long ticket) {
        database.writeNow(
                "session.claimEnds",
                handle ->
                        handle.createUpdate(
                                        """
                                        INSERT INTO claim_end (conversation, ticket, state)
                                        VALUES (:place, :ticket, :state)
                                        ON CONFLICT (conversation) DO UPDATE SET
                                            ticket = excluded.ticket,
                                            state = excluded.state
                                        """)
                                .bind("place", claim.conversation())
                                .bind("ticket", ticket)
                                .bind("state", code(claim.state()))
                                .execute());
    }

    /** How far the claim was that the command with this ticket ended; empty if it ended none. */
    public Optional<Claim.State> endedBy(String conversation, long ticket) {
        return database.readNow(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT state FROM claim_end
                                        WHERE conversation = :place AND ticket = :ticket
                                        """)
                                .bind("place", conversation)
                                .bind("ticket", ticket)
                                .map((row, context) -> state(row))
                                .findOne());
    }

    /** Remembers that {@code holder} need not ask again on this channel and account. */
    public void grant(String holder, String channel, String account, String by, Instant now) {
        database.writeNow(
                "session.grant",
                handle ->
                        handle.createUpdate(
                                        """
                                        INSERT INTO claim_grant
                                            (holder, channel, account, granted_by, granted_at)
                                        VALUES (:holder, :channel, :account, :by, :now)
                                        ON CONFLICT (holder, channel, account) DO NOTHING
                                        """)
                                .bind("holder", holder)
                                .bind("channel", channel)
                                .bind("account", account)
                                .bind("by", by)
                                .bind("now", now.toEpochMilli())
                                .execute());
    }

    /** Forgets what {@link #grant} remembered: {@code holder} asks again there. */
    public void ungrant(String holder, String channel, String account) {
        database.writeNow(
                "session.ungrant",
                handle ->
                        handle.createUpdate(
                                        """
                                        DELETE FROM claim_grant WHERE holder = :holder
                                          AND channel = :channel AND account = :account
                                        """)
                                .bind("holder", holder)
                                .bind("channel", channel)
                                .bind("account", account)
                                .execute());
    }

    /** Whether it was allowed there once and for all. */
    public boolean isGranted(String holder, String channel, String account) {
        return database.readNow(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT 1 FROM claim_grant WHERE holder = :holder
                                          AND channel = :channel AND account = :account
                                        """)
                                .bind("holder", holder)
                                .bind("channel", channel)
                                .bind("account", account)
                                .mapTo(Integer.class)
                                .findOne()
                                .isPresent());
    }

    /**
     * A write that failed may have been committed all the same, so what was read goes either way.
     */
    private void doubt() {
        known.set(Known.nothing());
    }

    private Map<String, Claim> known() {
        while (true) {
            Known now = known.get();
            if (now.claims().isPresent()) {
                return now.claims().get();
            }
            known.compareAndSet(now, new Known(Optional.of(load())));
        }
    }

    private Map<String, Claim> load() {
        Map<String, Claim> all = new HashMap<>();
        database.readNow(
                        handle ->
                                handle.createQuery("SELECT * FROM claim")
                                        .map((row, context) -> claim(row))
                                        .list())
                .forEach(claim -> all.put(claim.conversation(), claim));
        return Map.copyOf(all);
    }

    private static void insert(Handle handle, Claim claim) {
        handle.createUpdate(
                        """
                        INSERT INTO claim (conversation, session_key, usual, holder, state, source,
                            terms, ticket, claimed_at)
                        VALUES (:place, :session, :usual, :holder, :state, :source,
                            :terms, :ticket, :at)
                        ON CONFLICT (conversation) DO UPDATE SET
                            session_key = excluded.session_key,
                            usual = excluded.usual,
                            holder = excluded.holder,
                            state = excluded.state,
                            source = excluded.source,
                            terms = excluded.terms,
                            ticket = excluded.ticket,
                            claimed_at = excluded.claimed_at,
                            untold = NULL
                        """)
                .bind("place", claim.conversation())
                .bind("session", claim.session().value())
                .bind("usual", claim.usual().value())
                .bind("holder", claim.holder())
                .bind("state", code(claim.state()))
                .bind("source", StoredJson.ofSource(claim.by()))
                .bind("terms", StoredJson.ofFacts(claim.terms()))
                .bind("ticket", claim.ticket())
                .bind("at", claim.at().toEpochMilli())
                .execute();
    }

    private static Claim claim(ResultSet row) throws SQLException {
        return new Claim(
                new SessionKey(row.getString("session_key")),
                new SessionKey(row.getString("usual")),
                row.getString("holder"),
                state(row),
                StoredJson.source(row.getString("source")),
                StoredJson.facts(row.getString("terms")),
                row.getLong("ticket"),
                Instant.ofEpochMilli(row.getLong("claimed_at")));
    }

    private static String code(Claim.State state) {
        return switch (state) {
            case PENDING -> "pending";
            case BOUND -> "bound";
        };
    }

    private static Claim.State state(ResultSet row) throws SQLException {
        return row.getString("state").equals("bound") ? Claim.State.BOUND : Claim.State.PENDING;
    }

    /**
     * What was read. A change puts a new one that holds nothing in its place, so that whoever read
     * before the change and is late finds another one than it looked at.
     */
    private record Known(Optional<Map<String, Claim>> claims) {

        static Known nothing() {
            return new Known(Optional.empty());
        }
    }
}
