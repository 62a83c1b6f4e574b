package dev.chela.harness.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.QueueMode;
import dev.chela.config.SessionConfig.Maintenance;
import dev.chela.config.SessionConfig.MaintenanceMode;
import dev.chela.harness.ReplyMode;
import dev.chela.harness.SessionKey;
import dev.chela.harness.ThreadId;
import dev.chela.harness.session.kit.ScriptedTurn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionUpkeepTest {

    private static final Duration MONTH = Duration.ofDays(30);

    private final SessionsBed bed = SessionsBed.in(QueueMode.STEER);
    private long ticket;

    @Test
    void whatWasNotUsedForLongIsArchivedAndGoesWithTheArchives() throws InterruptedException {
        try (bed) {
            talk("agent:main:telegram:direct:1");
            bed.timers.advance(MONTH.plusDays(1));
            talk("agent:main:telegram:direct:2");

            SessionUpkeep.Report due = bed.sessions.upkeep().due(rules(500, Optional.empty()));
            assertThat(due.sessions()).isEqualTo(1);
            assertThat(keys()).hasSize(2);

            bed.sessions.upkeep().run(rules(500, Optional.empty()));
            assertThat(keys()).containsExactly("agent:main:telegram:direct:2");
            assertThat(bed.sessions.archives().list())
                    .extracting(Archive::reason)
                    .containsExactly("unused");

            assertThat(count("turn")).isEqualTo(1);
            assertThat(count("turn_input")).isEqualTo(1);

            bed.timers.advance(MONTH.minusDays(1));
            bed.sessions.upkeep().run(rules(500, Optional.empty()));
            assertThat(bed.sessions.archives().list()).hasSize(1);
            assertThat(entries("agent:main:telegram:direct:1")).isPositive();

            bed.timers.advance(Duration.ofDays(2));
            bed.sessions.upkeep().run(rules(500, Optional.empty()));
            assertThat(bed.sessions.archives().list())
                    .extracting(one -> one.session().value())
                    .containsExactly("agent:main:telegram:direct:2");
            assertThat(entries("agent:main:telegram:direct:1")).isZero();
            assertThat(entries("agent:main:telegram:direct:2")).isPositive();
        }
    }

    @Test
    void aLongerRetentionKeepsArchivesThatCanBeTakenUp() throws InterruptedException {
        try (bed) {
            talk("agent:main:telegram:direct:1");
            bed.timers.advance(MONTH.plusDays(1));
            Maintenance rules = rules(500, Optional.of(Duration.ofDays(90)));
            bed.sessions.upkeep().run(rules);
            bed.sessions.upkeep().run(rules);
            Archive kept = bed.sessions.archives().list().getFirst();

            assertThat(bed.sessions.restore(kept.sessionId()))
                    .isInstanceOf(RestoreResult.Restored.class);
            assertThat(keys()).containsExactly("agent:main:telegram:direct:1");
        }
    }

    @Test
    void groupsAndThreadsAreKept() throws InterruptedException {
        try (bed) {
            talk("agent:main:telegram:group:7");
            talk("agent:main:telegram:group:7:topic:1");
            talk("agent:main:slack:channel:c1:thread:9");
            talk("agent:main:cron:nightly");
            bed.timers.advance(MONTH.multipliedBy(3));
            bed.sessions.upkeep().run(rules(1, Optional.empty()));

            assertThat(keys())
                    .containsExactlyInAnyOrder(
                            "agent:main:telegram:group:7",
                            "agent:main:telegram:group:7:topic:1",
                            "agent:main:slack:channel:c1:thread:9");
        }
    }

    @Test
    void aBoundConversationIsKeptUntilItIsUnbound() throws InterruptedException {
        try (bed) {
            SessionKey own = SessionKeys.ofClaim("main", "telegram:default:direct:1");
            Claim claim =
                    new Claim(
                            own,
                            new SessionKey("agent:main:main"),
                            "codex",
                            Claim.State.BOUND,
                            SessionsBed.source("telegram:default:direct:1", true),
                            Map.of(),
                            1,
                            bed.timers.instant());
            Instant now = bed.timers.instant();
            new Bindings(bed.database)
                    .claims()
                    .save(claim, new Binding(own, new ThreadId("t-1"), Map.of(), now, now));
            talk(own.value());
            bed.timers.advance(MONTH.plusDays(1));

            bed.sessions.upkeep().run(rules(500, Optional.empty()));
            assertThat(keys()).containsExactly(own.value());
            assertThat(new Bindings(bed.database).load(own)).isPresent();

            new Bindings(bed.database).claims().remove(claim);
            bed.sessions.upkeep().run(rules(500, Optional.empty()));
            assertThat(keys()).isEmpty();
        }
    }

    @Test
    void whatHasAnythingOpenIsKept() throws InterruptedException {
        try (bed) {
            bed.submit(100);
            bed.harness.awaitTurn();
            bed.timers.advance(MONTH.multipliedBy(3));
            bed.sessions.upkeep().run(rules(1, Optional.empty()));

            assertThat(keys()).containsExactly(SessionsBed.KEY.value());
        }
    }

    @Test
    void oldEntriesOfNoSessionAndNoArchiveGoInOneRunHoweverManyOthersThereAre()
            throws InterruptedException {
        try (bed) {
            talk("agent:main:telegram:group:7");
            int kept = entries("agent:main:telegram:group:7");
            entries("agent:main:telegram:group:7", 12_000);
            entries("lost", 700);
            bed.timers.advance(MONTH.plusDays(1));
            entries("fresh", 1);

            bed.sessions.upkeep().run(rules(500, Optional.empty()));

            assertThat(entries("agent:main:telegram:group:7")).isEqualTo(kept + 12_000);
            assertThat(entries("lost")).isZero();
            assertThat(entries("fresh")).isEqualTo(1);
        }
    }

    @Test
    void whetherASessionHasAnEntryIsLookedUp() {
        try (bed) {
            List<String> plan =
                    bed.database.readNow(
                            handle ->
                                    handle.createQuery(
                                                    "EXPLAIN QUERY PLAN SELECT 1 FROM session s"
                                                            + " WHERE s.session_id = 'x'")
                                            .map((row, context) -> row.getString("detail"))
                                            .list());
            assertThat(plan).singleElement().asString().startsWith("SEARCH");
        }
    }

    @Test
    void ofTooManyTheOldestGo() throws InterruptedException {
        try (bed) {
            for (int i = 1; i <= 4; i++) {
                talk("agent:main:telegram:direct:" + i);
                bed.timers.advance(Duration.ofMinutes(1));
            }
            bed.sessions.upkeep().run(rules(2, Optional.empty()));

            assertThat(keys())
                    .containsExactly(
                            "agent:main:telegram:direct:4", "agent:main:telegram:direct:3");
        }
    }

    @Test
    void beyondTheDiskBoundTheOldestArchivesGoDownToTheHighWaterMark() throws InterruptedException {
        try (bed) {
            for (int i = 0; i < 5; i++) {
                talk("agent:main:telegram:direct:1");
                bed.sessions.reset(
                        new SessionKey("agent:main:telegram:direct:1"),
                        new ResetRequest("new", ticket, false));
                bed.timers.advance(Duration.ofMinutes(1));
            }
            long bytes = bed.sessions.upkeep().due(rules(500, Optional.empty())).bytes();
            Maintenance rules =
                    new Maintenance(
                            MaintenanceMode.ENFORCE,
                            MONTH,
                            500,
                            Optional.empty(),
                            Optional.of(bytes - 1),
                            Optional.of(bytes / 2));
            bed.sessions.upkeep().run(rules);

            assertThat(bed.sessions.archives().list()).hasSize(2);
            assertThat(bed.sessions.upkeep().due(rules).bytes()).isLessThanOrEqualTo(bytes / 2);
        }
    }

    private void talk(String key) throws InterruptedException {
        int before = bed.desk.finished().size();
        ticket++;
        bed.sessions.submit(
                new Submission(
                        ticket,
                        new SessionKey(key),
                        SessionsBed.source("chat", false),
                        ReplyMode.AUTOMATIC,
                        Optional.empty()));
        ScriptedTurn turn = bed.harness.awaitTurn();
        turn.answer("re");
        bed.desk.awaitFinished(before + 1);
        bed.sessions.drain(Duration.ofSeconds(10));
        bed.restart();
    }

    private List<String> keys() {
        return bed.sessions.list().stream().map(one -> one.key().value()).toList();
    }

    private int entries(String key) {
        return bed.database.readNow(
                handle ->
                        handle.createQuery(
                                        "SELECT count(*) FROM transcript WHERE session_key = :key")
                                .bind("key", key)
                                .mapTo(Integer.class)
                                .one());
    }

    /** Puts {@code more} entries under the id that the session has, or under its key. */
    private void entries(String key, int more) {
        bed.database.writeNow(
                "session.mirror",
                handle ->
                        handle.createUpdate(
                                        """
                                        WITH RECURSIVE n(i) AS
                                            (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :more)
                                        INSERT INTO transcript
                                            (session_key, session_id, entry_key, kind, body, at)
                                        SELECT :key, coalesce((SELECT session_id FROM session
                                            WHERE session_key = :key), :key), 'more ' || i,
                                            'message', '{}', :at FROM n
                                        """)
                                .bind("more", more)
                                .bind("key", key)
                                .bind("at", bed.timers.instant().toEpochMilli())
                                .execute());
    }

    private int count(String table) {
        return bed.database.readNow(
                handle ->
                        handle.createQuery("SELECT count(*) FROM " + table)
                                .mapTo(Integer.class)
                                .one());
    }

    private static Maintenance rules(int entries, Optional<Duration> archives) {
        return new Maintenance(
                MaintenanceMode.ENFORCE,
                MONTH,
                entries,
                archives,
                Optional.empty(),
                Optional.empty());
    }
}
