package dev.chela.harness.codex;

import static dev.chela.harness.testing.Wire.THREAD;
import static dev.chela.harness.testing.Wire.TURN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.InputKey;
import dev.chela.harness.TurnId;
import dev.chela.harness.appserver.protocol.CodexTurn;
import dev.chela.harness.appserver.protocol.ThreadStatus;
import dev.chela.harness.appserver.protocol.TurnStatus;
import dev.chela.harness.testing.Wire;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
        assertThat(facts(Optional.empty(), busy, OLDER)).isEqualTo(new TurnFacts.NeverTaken());
    }

    private static TurnFacts facts(Optional<TurnId> turn, ThreadStatus status, CodexTurn... turns) {
        return TurnFacts.of(Wire.thread(THREAD, status, turns), turn, INPUT, "hello");
    }
}
