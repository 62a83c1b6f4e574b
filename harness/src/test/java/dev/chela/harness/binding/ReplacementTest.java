package dev.chela.harness.binding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplacementTest {

    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void isReadBackFromTheFactsItMade() {
        var replacement =
                new Replacement(Facts.TOOLS, Optional.of(AT), Replacement.Context.SHORTENED);

        assertThat(Replacement.of(replacement.facts())).contains(replacement);
    }

    @Test
    void aFirstThreadReplacedNothing() {
        assertThat(Replacement.of(Map.of(Facts.TOOLS, "sha256:x"))).isEmpty();
    }

    @Test
    void saysWhyAndWhatBecameOfTheTalkBefore() {
        var lost =
                new Replacement(
                        ThreadFit.RESUME_REFUSED, Optional.of(AT), Replacement.Context.LOST);

        assertThat(lost.notice())
                .isEqualTo(
                        "This conversation goes on in a new Codex thread because Codex could not"
                                + " open the old one any more. What was said before could not be"
                                + " handed over.");
    }
}
