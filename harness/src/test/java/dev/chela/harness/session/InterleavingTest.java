package dev.chela.harness.session;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.chela.harness.HarnessSchema;
import dev.chela.harness.kit.DirectDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Every message is exactly one of steered, next turn, or ended with a notice, in order, whatever
 * happens in whatever order. A seed that fails is named and can be lived again.
 */
class InterleavingTest {

    private static final int SEEDS = 2000;
    private static final Logger LOG =
            (Logger) LoggerFactory.getLogger(InterleavingTest.class.getPackageName());

    @BeforeAll
    static void doNotTellEveryRefusal() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void tellAgain() {
        LOG.setLevel(null);
    }

    @Test
    void everyMessageHasExactlyOneEndAndKeepsItsPlace() {
        int messages = 0;
        int restarts = 0;
        int renewals = 0;
        int steersLost = 0;
        try (DirectDatabase database = new DirectDatabase(HarnessSchema.part())) {
            for (long seed = 0; seed < SEEDS; seed++) {
                Interleaving life = new Interleaving(seed, database, false, false);
                try {
                    messages += life.live();
                } catch (AssertionError e) {
                    throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
                }
                restarts += life.restarts();
                renewals += life.renewals();
                steersLost += life.steersLost();
            }
        }
        assertThat(messages).isGreaterThan(SEEDS * 10);
        assertThat(restarts).isGreaterThan(SEEDS);
        assertThat(renewals).as("sessions that ended by themselves").isGreaterThan(SEEDS / 2);
        assertThat(steersLost)
                .as("steers that were answered and then lost to an interrupt or an end")
                .isGreaterThan(SEEDS / 10);
    }

    @Test
    void trustingTheReplyOfASteerIsFound() {
        assertThat(failures(true, false)).isNotEmpty();
    }

    @Test
    void aRecoveryThatDoesNotSayWhatWasTakenIsFound() {
        assertThat(failures(false, true)).isNotEmpty();
    }

    private static List<String> failures(boolean trustsReplies, boolean forgetsSteers) {
        List<String> failures = new ArrayList<>();
        try (DirectDatabase database = new DirectDatabase(HarnessSchema.part())) {
            for (long seed = 0; seed < 300 && failures.isEmpty(); seed++) {
                try {
                    new Interleaving(seed, database, trustsReplies, forgetsSteers).live();
                } catch (AssertionError e) {
                    failures.add(e.getMessage());
                }
            }
        }
        return failures;
    }
}
