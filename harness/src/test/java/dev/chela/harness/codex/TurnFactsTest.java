package dev.chela.harness.codex;

import static dev.chela.harness.testing.Wire.THREAD;
import static dev.chela.harness.testing.Wire.TURN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.InputKey;
import dev.chela.harness.TurnId;
import dev.chela.harness.appserver.protocol.CodexTurn;
import dev.chela.harness.appserver.protocol.ThreadItem;
import dev.chela.harness.appserver.protocol.ThreadStatus;
import dev.chela.harness.appserver.protocol.TurnStatus;
import dev.chela.harness.testing.Wire;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnFactsTest {

    private static final InputKey INPUT = new InputKey("input-1");
    private static final CodexTurn OLDER =
            Wire.turn(
                    new TurnId("older"),
                    TurnStatus.COMPLETED,
                    Wire.user("input-0", "hello"),
                    Wire.answer("m0", "hi"));

    @Test
    void aTurnIsFoundByItsId() {
        CodexTurn ours = Wire.turn(TURN, TurnStatus.COMPLETED);
        assertThat(facts(Optional.of(TURN), new ThreadStatus.Idle(), OLDER, ours))
                .isEqualTo(new TurnFacts.Ended(ours));
    }

    @Test
    void aTurnIsFoundByItsInputWhereItsIdIsUnknown() {
        CodexTurn ours = Wire.turn(TURN, TurnStatus.INTERRUPTED, Wire.user("input-1", "hello"));
        assertThat(facts(Optional.empty(), new ThreadStatus.Idle(), ours, OLDER))
                .isEqualTo(new TurnFacts.Ended(ours));
    }

    @Test
    void theSameWordsUnderAnotherKeyAreAnotherInput() {
        assertThat(facts(Optional.empty(), new ThreadStatus.Idle(), OLDER))
                .isEqualTo(new TurnFacts.NeverTaken());
    }

    @Test
    void withoutClientIdsTheNewestTurnWithTheseWordsIsOurs() {
        CodexTurn ours = Wire.turn(TURN, TurnStatus.COMPLETED, Wire.user(null, "hello"));
        assertThat(facts(Optional.empty(), new ThreadStatus.Idle(), OLDER, ours))
                .isEqualTo(new TurnFacts.Ended(ours));
        assertThat(facts(Optional.empty(), new ThreadStatus.Idle(), ours, OLDER))
                .isEqualTo(new TurnFacts.NeverTaken());
    }

    @Test
    void anAcceptedTurnNotYetInTheHistoryOfABusyThreadIsRunning() {
        ThreadStatus busy = new ThreadStatus.Active(List.of());
        assertThat(facts(Optional.of(TURN), busy, OLDER))
                .isEqualTo(new TurnFacts.InProgress(Optional.empty()));
    }

    @Test
    void anInputThatWasGivenToABusyThreadMayBeOnItsWayIn() {
        ThreadStatus busy = new ThreadStatus.Active(List.of());
        assertThat(facts(Optional.empty(), busy, OLDER))
                .isEqualTo(new TurnFacts.InProgress(Optional.empty()));
        assertThat(facts(Optional.empty(), new ThreadStatus.Idle(), OLDER))
                .isEqualTo(new TurnFacts.NeverTaken());
    }

    private static final Instant WRITTEN = Instant.ofEpochSecond(1_000);

    /** Without client ids, after a crash: the words were read again and may be others. */
    @ParameterizedTest
    @CsvSource({
        // the stored name, newest turn: its words, when it began; what Codex is held to say
        "turn-1, same,  990, Ended",
        "turn-1, other, 1000, Ended",
        "none,   same,  990, Ended",
        "none,   same,  1000, Ended",
        "none,   other, 1000, Ended",
        "none,   other, 1005, Ended",
        "none,   other, 999, NeverTaken",
        "lost,   other, 999, Forgotten",
        "lost,   other, 1005, Ended",
    })
    void withoutClientIdsNothingIsTakenTwice(
            String stored, String words, long beganAt, String said) {
        Optional<TurnId> known =
                Optional.of(stored).filter(it -> !it.equals("none")).map(TurnId::new);
        ThreadItem user = Wire.user(null, words.equals("same") ? "hello" : "hello, read again");
        CodexTurn newest =
                new CodexTurn(
                        TURN,
                        TurnStatus.INTERRUPTED,
                        List.of(user),
                        null,
                        null,
                        null,
                        beganAt,
                        null,
                        null);
        TurnFacts facts =
                TurnFacts.of(
                        Wire.thread(THREAD, new ThreadStatus.Idle(), OLDER, newest),
                        known,
                        new TurnFacts.Sought(INPUT, "hello", Optional.of(WRITTEN), false));

        assertThat(facts.getClass().getSimpleName()).isEqualTo(said);
    }

    @Test
    void withClientIdsAYoungerTurnOfSomebodyElseIsNotOurs() {
        CodexTurn foreign =
                new CodexTurn(
                        TURN,
                        TurnStatus.COMPLETED,
                        List.of(Wire.user(null, "typed elsewhere")),
                        null,
                        null,
                        null,
                        1_005L,
                        null,
                        null);
        assertThat(
                        TurnFacts.of(
                                Wire.thread(THREAD, new ThreadStatus.Idle(), foreign),
                                Optional.empty(),
                                new TurnFacts.Sought(INPUT, "hello", Optional.of(WRITTEN), true)))
                .isEqualTo(new TurnFacts.NeverTaken());
    }

    @Test
    void anInputOfAnEarlierProcessMayStillWaitInTheTurnThatKeepsTheThreadBusy() {
        CodexTurn foreign =
                Wire.turn(TURN, TurnStatus.IN_PROGRESS, Wire.user(null, "typed elsewhere"));
        var sought = new TurnFacts.Sought(INPUT, "hello", Optional.of(WRITTEN), true);
        assertThat(
                        TurnFacts.of(
                                Wire.thread(THREAD, new ThreadStatus.Active(List.of()), foreign),
                                Optional.empty(),
                                sought))
                .isEqualTo(new TurnFacts.InProgress(Optional.empty()));
    }

    private static TurnFacts facts(Optional<TurnId> turn, ThreadStatus status, CodexTurn... turns) {
        return TurnFacts.of(
                Wire.thread(THREAD, status, turns),
                turn,
                new TurnFacts.Sought(INPUT, "hello", Optional.empty(), true));
    }
}
