package dev.chela.harness.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chela.config.CodexPluginConfig.HookEvent;
import dev.chela.config.ToolNames;
import dev.chela.harness.SessionKey;
import dev.chela.harness.binding.Facts;
import dev.chela.harness.binding.ThreadSetup;
import dev.chela.harness.hooks.RelayBed.Listener;
import dev.chela.harness.testing.ManualTimers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeHooksTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir private Path state;

    /** The form that PROTOCOL §11 has, whose digest was computed apart from this code. */
    @Test
    void isTrustedByTheDigestOfItsSortedJson() {
        assertThat(TrustHash.of(HookKind.PRE_TOOL_USE, "CMD", 10))
                .isEqualTo(
                        "sha256:5836628848c6e0d0112aa814f90ce46a0553410d4a560a63a21d93ff1cc9d746");
        assertThat(TrustHash.of(HookKind.BEFORE_AGENT_FINALIZE, "CMD", 10))
                .isEqualTo(
                        "sha256:d9b66551ad64a06219606a8f0153021c5d8b125a92b0ca36afb7d1275caa6dec");
        assertThat(TrustHash.key(HookKind.BEFORE_AGENT_FINALIZE))
                .isEqualTo("/<session-flags>/config.toml:stop:0:0");
    }

    @Test
    void installsNothingWhereNobodyListens() {
        try (RelayBed bed = new RelayBed(state.resolve("relay"))) {
            ThreadSetup plain = ThreadSetup.none();

            assertThat(bed.hooks().on(RelayBed.SESSION, plain, true, HOUR, Map.of()))
                    .isSameAs(plain);
            bed.hooks().open(List.of("main"));
            assertThat(bed.hooks().trouble("main", true)).isEmpty();
            assertThat(state.resolve("relay")).doesNotExist();
        }
    }

    @Test
    void installsOneObjectWithAllThatIsTrusted() {
        Listener guard = new Listener(HookKind.PRE_TOOL_USE, true, event -> NativeVerdict.none());
        Listener end =
                new Listener(HookKind.BEFORE_AGENT_FINALIZE, true, event -> NativeVerdict.none());
        try (RelayBed bed = new RelayBed(state, guard, end)) {
            Map<?, ?> hooks = bed.installed(Map.of());

            assertThat(hooks.keySet())
                    .extracting(Object::toString)
                    .containsExactly("PreToolUse", "Stop", "state");
            String command = RelayBed.command(hooks, HookKind.PRE_TOOL_USE);
            assertThat(((Map<?, ?>) hooks.get("state")).get(TrustHash.key(HookKind.PRE_TOOL_USE)))
                    .isEqualTo(
                            Map.of(
                                    "enabled",
                                    true,
                                    "trusted_hash",
                                    TrustHash.of(HookKind.PRE_TOOL_USE, command, 5)));
            assertThat(command).endsWith(" pre_tool_use enforce");
            assertThat(RelayBed.command(hooks, HookKind.BEFORE_AGENT_FINALIZE))
                    .as("an answer is never kept back for want of the bot")
                    .endsWith(" before_agent_finalize observe");
        }
    }

    @Test
    void aGenerationOutlivesTheBotAndItsCommandsGoOnWorking() throws Exception {
        Listener guard =
                new Listener(HookKind.PRE_TOOL_USE, true, event -> new NativeVerdict.Block("no"));
        try (RelayBed bed = new RelayBed(state, guard)) {
            Map<?, ?> before = bed.installed(Map.of());
            String command = RelayBed.command(before, HookKind.PRE_TOOL_USE);
            bed.restart();
            bed.hooks().open(List.of("main"));

            assertThat(RelayBed.run(command, RelayBed.toolEvent("Bash", "ls")).err())
                    .as("registered again when it is asked for")
                    .isEqualTo("no\n");
            String generation = bed.bound.get(RelayBed.SESSION);
            assertThat(bed.installed(Map.of(Facts.HOOK_GENERATION, generation))).isEqualTo(before);
        }
    }

    @Test
    void onlyAnEarlierGenerationIsTakenForAWhile() {
        ManualTimers timers = new ManualTimers();
        Relays relays = new Relays(timers, Map::of);
        String id = Relays.id(RelayBed.SESSION);
        String first = relays.register(RelayBed.SESSION, Optional.empty(), Relays.ttl(HOUR));
        assertThat(relays.register(RelayBed.SESSION, Optional.of(first), Relays.ttl(HOUR)))
                .isEqualTo(first);
        relays.leave(RelayBed.SESSION);
        String second = relays.register(RelayBed.SESSION, Optional.empty(), Relays.ttl(HOUR));

        assertThat(second).isNotEqualTo(first);
        assertThat(relays.find(id, first)).contains(RelayBed.SESSION);
        assertThat(relays.find(id, "0123456789abcdef")).isEmpty();
        timers.advance(HOUR);
        assertThat(relays.find(id, first)).isEmpty();
        assertThat(relays.find(id, second)).contains(RelayBed.SESSION);
    }

    @Test
    void aRelayIsGoneWithoutASignOfLifeUnlessItIsBound() {
        ManualTimers timers = new ManualTimers();
        Map<SessionKey, String> bound = new java.util.HashMap<>();
        Relays relays = new Relays(timers, () -> bound);
        String id = Relays.id(RelayBed.SESSION);
        assertThat(Relays.ttl(Duration.ofMinutes(3))).isEqualTo(Duration.ofMinutes(30));
        assertThat(Relays.ttl(HOUR)).isEqualTo(Duration.ofMinutes(65));
        String generation =
                relays.register(RelayBed.SESSION, Optional.empty(), Duration.ofMinutes(30));

        timers.advance(Duration.ofMinutes(29));
        assertThat(relays.find(id, generation)).contains(RelayBed.SESSION);
        timers.advance(Duration.ofMinutes(29));
        assertThat(relays.find(id, generation)).as("renewed").contains(RelayBed.SESSION);
        timers.advance(Duration.ofMinutes(31));
        assertThat(relays.find(id, generation)).isEmpty();
        bound.put(RelayBed.SESSION, generation);
        assertThat(relays.find(id, generation)).contains(RelayBed.SESSION);
    }

    @Test
    void whatCannotBeEnforcedIsSaidSo() {
        Listener guard = new Listener(HookKind.PRE_TOOL_USE, true, event -> NativeVerdict.none());
        try (RelayBed bed = new RelayBed(state, guard)) {
            assertThat(bed.hooks().trouble("main", false)).isEmpty();
            assertThat(bed.hooks().trouble("main", true).orElse("")).contains("another machine");
        }
        Path occupied = state.resolve("occupied");
        try (RelayBed bed = new RelayBed(occupied, guard)) {
            Files.writeString(occupied, "a file");
            assertThat(bed.hooks().trouble("main", false).orElse("")).contains("cannot listen");
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theConfigAddsEventsAndNeverTakesAGuardAway() {
        NativeHooks hooks =
                new NativeHooks(
                        List.of(new DeniedTools(agent -> new ToolNames(List.of("exec")))),
                        () -> Optional.of(List.of(HookEvent.POST_TOOL_USE)),
                        state,
                        "",
                        new ManualTimers(),
                        Map::of);
        try (hooks) {
            Map<?, ?> installed =
                    (Map<?, ?>)
                            hooks.on(RelayBed.SESSION, ThreadSetup.none(), false, HOUR, Map.of())
                                    .config()
                                    .get("hooks");
            assertThat(installed).isNotNull();
            assertThat(installed.keySet())
                    .extracting(Object::toString)
                    .containsExactly("PreToolUse", "PostToolUse", "state");
        }
    }

    @Test
    void permissionIsRelayedByItselfOnlyWhereNobodyIsAsked() {
        Listener ear =
                new Listener(HookKind.PERMISSION_REQUEST, false, event -> NativeVerdict.none());
        try (RelayBed bed = new RelayBed(state, ear)) {
            assertThat(bed.installed(Map.of())).isNotEmpty();
            ThreadSetup plain = ThreadSetup.none();
            assertThat(bed.hooks().on(RelayBed.SESSION, plain, false, HOUR, Map.of()))
                    .isSameAs(plain);
        }
    }

    @Test
    void verdictsAreInCodexsWordsAndOnlyWhereTheyHaveAMeaning() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        NativeVerdict block = new NativeVerdict.Block("a\r\nb");
        assertThat(Answer.of(HookKind.PRE_TOOL_USE, block)).isEqualTo(new Answer("block", "a b"));
        assertThat(Answer.of(HookKind.POST_TOOL_USE, block)).isEqualTo(Answer.PASS);
        assertThat(Answer.of(HookKind.PRE_TOOL_USE, new NativeVerdict.Allow()))
                .isEqualTo(Answer.PASS);
        assertThat(mapper.readTree(Answer.of(HookKind.PERMISSION_REQUEST, block).text()))
                .isEqualTo(
                        mapper.readTree(
                                "{\"hookSpecificOutput\":{\"hookEventName\":\"PermissionRequest\","
                                        + "\"decision\":{\"behavior\":\"deny\",\"message\":\"a b\"}}}"));
        assertThat(Answer.of(HookKind.PERMISSION_REQUEST, new NativeVerdict.Allow()).text())
                .contains("\"behavior\":\"allow\"");
        assertThat(Answer.of(HookKind.PERMISSION_REQUEST, NativeVerdict.none()))
                .isEqualTo(Answer.PASS);
        assertThat(
                        Answer.of(HookKind.BEFORE_AGENT_FINALIZE, new NativeVerdict.Revise("again"))
                                .text())
                .isEqualTo("{\"decision\":\"block\",\"reason\":\"again\"}");
    }

    @Test
    void anAnswerIsSentBackThreeTimesATurn() {
        Revisions revisions = new Revisions();
        NativeEvent first = end("one");
        NativeVerdict again = new NativeVerdict.Revise("again");
        for (int i = 0; i < 3; i++) {
            assertThat(revisions.bounded(first, again)).isEqualTo(again);
        }
        assertThat(revisions.bounded(first, again)).isEqualTo(NativeVerdict.none());
        assertThat(revisions.bounded(end("two"), again)).isEqualTo(again);
    }

    private static NativeEvent end(String turn) {
        return new NativeEvent.BeforeAgentFinalize(
                new NativeEvent.Where(RelayBed.SESSION, "t", turn, "/w"), "x", false);
    }

    @Test
    void toolsAreKnownByTheNamesThatOperatorsWrite() {
        ToolNames names =
                new ToolNames(List.of("Exec", "apply-patch", "mcp__mail__*", " view_image"));
        assertThat(names.have("Bash")).isTrue();
        assertThat(names.have("apply_patch")).isTrue();
        assertThat(names.have("mcp__mail__send")).isTrue();
        assertThat(names.have("mcp__mails__send")).isFalse();
        assertThat(names.have("view_image")).isTrue();
        assertThat(names.have("message")).isFalse();
        assertThat(new ToolNames(List.of("write")).have("apply_patch")).isTrue();
        assertThat(new ToolNames(List.of("*")).have("anything")).isTrue();
        assertThat(new ToolNames(List.of("process")).have("Bash")).isFalse();
    }
}
