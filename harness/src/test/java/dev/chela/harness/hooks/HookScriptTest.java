package dev.chela.harness.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.hooks.RelayBed.Listener;
import dev.chela.harness.hooks.RelayBed.Ran;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command that Codex runs does, whatever goes wrong: it ends with 0 or 2. */
class HookScriptTest {

    private static final Listener GUARD =
            new Listener(
                    HookKind.PRE_TOOL_USE,
                    true,
                    event ->
                            ((NativeEvent.PreToolUse) event).tool().equals("Bash")
                                    ? new NativeVerdict.Block("not\nhere")
                                    : NativeVerdict.none());
    private static final Listener EAR =
            new Listener(HookKind.POST_TOOL_USE, false, event -> NativeVerdict.none());
    private static final Ran NOTHING = new Ran(0, "", "");

    @TempDir private Path state;
    private Path folder;
    private RelayBed bed;
    private String enforcing;
    private String observing;

    private void install() {
        folder = state.resolve("it's a folder");
        bed = new RelayBed(folder, GUARD, EAR);
        Map<?, ?> hooks = bed.installed(Map.of());
        enforcing = RelayBed.command(hooks, HookKind.PRE_TOOL_USE);
        observing = RelayBed.command(hooks, HookKind.POST_TOOL_USE);
    }

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void aBlockIsTwoWithItsReasonAndEverythingElsePasses() throws Exception {
        install();

        assertThat(RelayBed.run(enforcing, RelayBed.toolEvent("Bash", "ls")))
                .isEqualTo(new Ran(2, "", "not here\n"));
        assertThat(RelayBed.run(enforcing, RelayBed.toolEvent("apply_patch", "x")))
                .isEqualTo(NOTHING);
        assertThat(RelayBed.run(observing, RelayBed.toolEvent("Bash", "ls"))).isEqualTo(NOTHING);
        assertThat(bed.seen).hasSize(3);
        NativeEvent.PreToolUse first = (NativeEvent.PreToolUse) bed.seen.getFirst();
        assertThat(first.where())
                .isEqualTo(new NativeEvent.Where(RelayBed.SESSION, "T", "U", "/w"));
        assertThat(first.input().orElseThrow().path("command").asText()).isEqualTo("ls");
        assertThat(first.call()).isEqualTo("c");
    }

    @Test
    void whatIsTooLongIsToldByItsBeginning() throws Exception {
        install();
        String event = RelayBed.toolEvent("Bash", "é".repeat(1_000_000));

        assertThat(RelayBed.run(enforcing, event).code()).isEqualTo(2);
        assertThat(((NativeEvent.PreToolUse) bed.seen.getFirst()).input()).isEmpty();
        String before = "{\"tool_input\":\"" + "x".repeat(400_000) + "\",\"tool_name\":\"patch\"}";
        blocked(RelayBed.run(enforcing, before), "the bot refused");
    }

    @Test
    void secretsAreInNoCommandAndFilesAreTheOwners() throws Exception {
        install();
        String endpoint = Files.readString(folder.resolve("endpoint")).strip();
        String token = endpoint.split(" ", -1)[1];

        assertThat(token).hasSize(64);
        assertThat(enforcing).doesNotContain(token);
        assertThat(Files.getPosixFilePermissions(folder.resolve("endpoint"))).hasSize(2);
        assertThat(Files.getPosixFilePermissions(folder)).hasSize(3);
    }

    @Test
    void aBotThatDoesNotRunBlocksWhatIsEnforced() throws Exception {
        install();
        bed.close();
        unavailable("the bot does not run");
    }

    @Test
    void aMissingAddressBlocks() throws Exception {
        install();
        Files.delete(folder.resolve("endpoint"));
        unavailable("no bot has left its address");
    }

    @Test
    void aMissingScriptBlocksAndStillReadsItsInput() throws Exception {
        install();
        Files.delete(folder.resolve("hook-relay.sh"));
        blocked(
                RelayBed.run(enforcing, RelayBed.toolEvent("Bash", "x".repeat(300_000))),
                "its script is gone");
        assertThat(RelayBed.run(observing, RelayBed.toolEvent("Bash", "x"))).isEqualTo(NOTHING);
    }

    @Test
    void anUnknownRelayBlocks() throws Exception {
        install();
        bed.bound.clear();
        bed.restart();
        bed.hooks().open(List.of("main"));
        unavailable("the relay of this thread is gone");
    }

    @Test
    void aBotWithAnotherTokenRefuses() throws Exception {
        install();
        Path endpoint = folder.resolve("endpoint");
        String port = Files.readString(endpoint).split(" ", -1)[0];
        Files.writeString(endpoint, port + " guessed\n");
        unavailable("the bot refused");
    }

    @Test
    void whatIsNoEventBlocks() throws Exception {
        install();
        blocked(RelayBed.run(enforcing, "nonsense"), "the bot refused");
        blocked(RelayBed.run(enforcing, "{}"), "the bot refused");
        blocked(RelayBed.run(enforcing, ""), "the bot refused");
        assertThat(RelayBed.run(observing, "nonsense")).isEqualTo(NOTHING);
    }

    @Test
    void aSilentServerIsGivenUpInTime() throws Exception {
        install();
        try (ServerSocket silent = listening()) {
            long began = System.nanoTime();
            blocked(
                    RelayBed.run(enforcing, RelayBed.toolEvent("Bash", "x".repeat(1_000_000))),
                    "no whole answer");
            assertThat(System.nanoTime() - began).isLessThan(4_700_000_000L);
            assertThat(silent.isBound()).isTrue();
        }
    }

    @Test
    void garbageIsNoAnswer() throws Exception {
        install();
        for (String garbage :
                new String[] {
                    "",
                    "hello\n",
                    "HTTP/1.1 200 OK\r\n\r\npass\n",
                    "HTTP/1.1 200 OK\r\n\r\npass\n\nend another\n",
                    "HTTP/1.1 302 Found\r\n\r\npass\n\n"
                }) {
            try (ServerSocket server = listening()) {
                Thread.ofVirtual().start(() -> answer(server, garbage));
                Ran ran = RelayBed.run(enforcing, RelayBed.toolEvent("Bash", "ls"));
                assertThat(ran.code()).as(garbage).isEqualTo(2);
                assertThat(ran.err()).as(garbage).startsWith("Native hook relay unavailable");
            }
        }
    }

    private static void answer(ServerSocket server, String text) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().read(new byte[100_000]);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Somebody else at the place where the bot was. */
    private ServerSocket listening() throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        Files.writeString(folder.resolve("endpoint"), server.getLocalPort() + " token\n");
        return server;
    }

    private void unavailable(String why) throws Exception {
        blocked(RelayBed.run(enforcing, RelayBed.toolEvent("Bash", "ls")), why);
        assertThat(RelayBed.run(observing, RelayBed.toolEvent("Bash", "ls"))).isEqualTo(NOTHING);
    }

    private static void blocked(Ran ran, String why) {
        assertThat(ran.code()).as(ran.toString()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .startsWith("Native hook relay unavailable: " + why)
                .contains("/new or /reset", "estart the gateway");
    }
}
