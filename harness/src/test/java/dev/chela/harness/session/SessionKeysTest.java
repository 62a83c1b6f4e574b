package dev.chela.harness.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.SessionConfig;
import dev.chela.config.SessionConfig.DmScope;
import dev.chela.config.SessionConfig.Scope;
import dev.chela.config.testing.TestConfig;
import dev.chela.harness.Source.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionKeysTest {

    private static final Optional<String> NO_THREAD = Optional.empty();

    @ParameterizedTest
    @CsvSource({
        "MAIN, agent:main:main",
        "PER_PEER, agent:main:direct:42",
        "PER_CHANNEL_PEER, agent:main:telegram:direct:42",
        "PER_ACCOUNT_CHANNEL_PEER, agent:main:telegram:work:direct:42",
    })
    void directChatsAreKeptApartAsConfigured(DmScope scope, String key) {
        assertThat(key(scope, "telegram", Kind.DIRECT, "42", NO_THREAD)).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({
        "telegram, GROUP, -100, , agent:main:telegram:group:-100",
        "telegram, GROUP, -100, 7, agent:main:telegram:group:-100:topic:7",
        "discord, CHANNEL, 5, , agent:main:discord:channel:5",
        "discord, CHANNEL, 5, 6, agent:main:discord:channel:5:thread:6",
        "slack, CHANNEL, C1, 1700.5, agent:main:slack:channel:c1:thread:1700.5",
        "web, GROUP, aB, , agent:main:web:group:aB",
    })
    void roomsAndTheirThreadsHaveOneSessionEach(
            String channel, Kind kind, String peer, String thread, String key) {
        assertThat(key(DmScope.MAIN, channel, kind, peer, Optional.ofNullable(thread)))
                .isEqualTo(key);
    }

    @Test
    void linkedIdsShareTheirPersonsKey() {
        SessionConfig config =
                config(
                        Scope.PER_SENDER,
                        DmScope.PER_PEER,
                        Map.of("Ann", List.of("telegram:42", "discord:99")));
        assertThat(SessionKeys.of(config, place("telegram", Kind.DIRECT, "42", NO_THREAD)))
                .isEqualTo(SessionKeys.of(config, place("discord", Kind.DIRECT, "99", NO_THREAD)));
        assertThat(SessionKeys.of(config, place("slack", Kind.DIRECT, "42", NO_THREAD)).value())
                .isEqualTo("agent:main:direct:42");
    }

    @Test
    void anIdCannotSpellAnothersKey() {
        assertThat(key(DmScope.PER_CHANNEL_PEER, "web", Kind.DIRECT, "a:thread:b", NO_THREAD))
                .isEqualTo("agent:main:web:direct:a%3athread%3ab");
    }

    @Test
    void globalScopeIsOneSession() {
        SessionConfig config = config(Scope.GLOBAL, DmScope.MAIN, Map.of());
        assertThat(SessionKeys.of(config, place("telegram", Kind.GROUP, "-1", NO_THREAD)).value())
                .isEqualTo("global");
    }

    @Test
    void slashCommandsAreBookedByUser() {
        assertThat(SessionKeys.ofSlashCommand("main", "Discord", "5").value())
                .isEqualTo("agent:main:discord:slash:5");
    }

    private static String key(
            DmScope scope, String channel, Kind kind, String peer, Optional<String> thread) {
        return SessionKeys.of(
                        config(Scope.PER_SENDER, scope, Map.of()),
                        place(channel, kind, peer, thread))
                .value();
    }

    private static SessionKeys.Place place(
            String channel, Kind kind, String peer, Optional<String> thread) {
        return new SessionKeys.Place("main", channel, "Work", kind, peer, thread);
    }

    private static SessionConfig config(
            Scope scope, DmScope dmScope, Map<String, List<String>> links) {
        SessionConfig defaults = TestConfig.defaults().session();
        return new SessionConfig(
                scope,
                dmScope,
                links,
                defaults.reset(),
                defaults.resetByType(),
                defaults.resetByChannel(),
                defaults.resetTriggers(),
                defaults.store(),
                defaults.maintenance(),
                defaults.threadBindings(),
                defaults.sendPolicy(),
                defaults.typingMode(),
                defaults.mainKey());
    }
}
