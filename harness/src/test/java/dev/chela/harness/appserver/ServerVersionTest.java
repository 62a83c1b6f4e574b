package dev.chela.harness.appserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerVersionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chela/0.125.0 (Debian 12; x86_64) xterm",
                "chela/0.169.0 (x)",
                "chela/1.0.0",
                "odd name/2.10.3 (a/b)"
            })
    void stableReleasesFromTheFloorOnAreAccepted(String userAgent) {
        assertThat(ServerVersion.accepted(userAgent)).isGreaterThanOrEqualTo(ServerVersion.FLOOR);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "chela",
                "chela/",
                "chela/ (x)",
                "chela/dev (x)",
                "chela/0.124.99 (x)",
                "chela/0.125 (x)",
                "chela/0.125.0-alpha.2 (x)",
                "chela/0.125.0+custom (x)",
                "chela/v0.169.0 (x)",
                "chela/99999999999.0.0 (x)"
            })
    void everythingElseIsRefusedWithTheNextStep(@Nullable String userAgent) {
        assertThatExceptionOfType(ProtocolViolationException.class)
                .isThrownBy(() -> ServerVersion.accepted(userAgent))
                .withMessageContaining("stable release from 0.125.0 on");
    }

    @Test
    void versionsAreOrderedByNumber() {
        ServerVersion version = ServerVersion.parse("0.169.0");
        assertThat(version.isAtLeast("0.125.0")).isTrue();
        assertThat(version.isAtLeast("0.169.0")).isTrue();
        assertThat(version.isAtLeast("0.1000.0")).isFalse();
        assertThat(ServerVersion.parse("1.2.10")).isGreaterThan(ServerVersion.parse("1.2.9"));
    }
}
