package dev.chela.config.state;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chela.config.testing.RecordingCheckpoints;
import dev.chela.config.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Goal: what the rest of the bot relies on when it says "stored". Method: a real SQLite file. */
class SqliteDatabaseTest {

    private static final SchemaPart NOTES =
            new SchemaPart("notes", List.of("/dev/chela/config/state/V1__note.sql"));

    private final RecordingCheckpoints checkpoints = new RecordingCheckpoints();
    private final TestDatabase database = TestDatabase.open(List.of(NOTES), checkpoints);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aWriteIsSeenByTheNextRead() {
        database.writeNow("notes.add", handle -> insert(handle, "one"));
        assertThat(notes()).containsExactly("one");
    }

    @Test
    void aWriteSurvivesARestart() {
        database.writeNow("notes.add", handle -> insert(handle, "one"));
        database.reopen();
        assertThat(notes()).containsExactly("one");
    }

    @Test
    void checkpointsAreReachedInOrderAroundTheCommit() {
        database.writeNow("notes.add", handle -> insert(handle, "one"));
        assertThat(checkpoints.reached())
                .containsExactly(
                        "before state.migrate",
                        "after state.migrate",
                        "before state.mark",
                        "after state.mark",
                        "before notes.add",
                        "after notes.add");
    }

    @Test
    void aFailedJobTakesNoOtherOfItsCommitWithIt() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CompletableFuture<Integer> blocker = database.write("notes.hold", handle -> hold(held));
        List<CompletableFuture<Integer>> jobs = new ArrayList<>();
        for (String text : List.of("one", "two", "one", "three")) {
            jobs.add(database.write("notes.add", handle -> insert(handle, text)));
        }
        held.countDown();
        blocker.get(10, SECONDS);
        jobs.get(0).get(10, SECONDS);
        jobs.get(1).get(10, SECONDS);
        jobs.get(3).get(10, SECONDS);
        assertThatThrownBy(() -> jobs.get(2).get(10, SECONDS))
                .hasCauseInstanceOf(DatabaseException.class)
                .hasMessageContaining("notes.add")
                .hasMessageContaining("UNIQUE");
        assertThat(notes()).containsExactly("one", "two", "three");
        assertThat(checkpoints.reached()).filteredOn("after notes.add"::equals).hasSize(3);
    }

    @Test
    void aFailedJobLeavesNothingOfItself() {
        assertThatThrownBy(
                        () ->
                                database.writeNow(
                                        "notes.add",
                                        handle -> {
                                            insert(handle, "one");
                                            throw new IllegalStateException("after all, no");
                                        }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(notes()).isEmpty();
    }

    @Test
    void aJobMayUseATransactionOfItsOwn() {
        database.writeNow(
                "notes.add", handle -> handle.inTransaction(inner -> insert(inner, "one")));
        assertThat(notes()).containsExactly("one");
    }

    @Test
    void aFullQueueRefusesAtOnce() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        database.write(
                "notes.hold",
                handle -> {
                    begun.countDown();
                    return hold(held);
                });
        begun.await(10, SECONDS);
        List<CompletableFuture<Integer>> jobs = new ArrayList<>();
        for (int i = 0; i <= SqliteDatabase.WRITES_MAX; i++) {
            String text = "n" + i;
            jobs.add(database.write("notes.add", handle -> insert(handle, text)));
        }
        assertThatThrownBy(() -> jobs.getLast().get(10, SECONDS))
                .hasCauseInstanceOf(DatabaseException.class)
                .hasMessageContaining("refused")
                .hasMessageContaining("4096");
        held.countDown();
        jobs.get(SqliteDatabase.WRITES_MAX - 1).get(30, SECONDS);
        assertThat(database.<Integer>readNow(SqliteDatabaseTest::count))
                .isEqualTo(SqliteDatabase.WRITES_MAX);
    }

    @Test
    void closeFinishesWhatIsQueuedAndRefusesTheRest() throws Exception {
        CompletableFuture<Integer> queued =
                database.write("notes.add", handle -> insert(handle, "one"));
        database.close();
        assertThat(queued.get(10, SECONDS)).isEqualTo(1);
        assertThatThrownBy(() -> database.writeNow("notes.add", handle -> insert(handle, "two")))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void aReaderCannotWrite() {
        assertThatThrownBy(() -> database.readNow(handle -> insert(handle, "one")))
                .isInstanceOf(DatabaseException.class);
    }

    @Test
    void aJobThatWaitsForAJobIsToldSo() {
        assertThatThrownBy(
                        () ->
                                database.writeNow(
                                        "notes.add",
                                        handle -> database.writeNow("notes.count", c -> count(c))))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("wait for itself");
    }

    @Test
    void whatHangsOnAWriteMayWaitForTheNextWrite() throws Exception {
        CompletableFuture<Integer> both =
                database.write("notes.add", handle -> insert(handle, "one"))
                        .thenApply(
                                one ->
                                        database.writeNow(
                                                "notes.add", handle -> insert(handle, "two")));
        both.get(10, SECONDS);
        assertThat(notes()).containsExactly("one", "two");
    }

    @Test
    void foreignKeysAreOn() {
        int on =
                database.readNow(
                        handle -> handle.select("pragma foreign_keys").mapTo(int.class).one());
        assertThat(on).isEqualTo(1);
    }

    private static int hold(CountDownLatch latch) {
        try {
            return latch.await(10, SECONDS) ? 1 : 0;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static int insert(Handle handle, String text) {
        return handle.execute("insert into note (text) values (?)", text);
    }

    private static int count(Handle handle) {
        return handle.select("select count(*) from note").mapTo(int.class).one();
    }

    private List<String> notes() {
        return database.readNow(
                handle ->
                        handle.select("select text from note order by id")
                                .mapTo(String.class)
                                .list());
    }
}
