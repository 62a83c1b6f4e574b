package dev.chela.bot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.bot.cli.ChelaProcess.Said;
import dev.chela.channels.ChannelsSchema;
import dev.chela.channels.Sender;
import dev.chela.channels.access.Pairings;
import dev.chela.commands.AuditLog;
import dev.chela.config.state.Checkpoints;
import dev.chela.config.state.SqliteDatabase;
import dev.chela.config.state.StateDirectory;
import dev.chela.harness.HarnessSchema;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command line beside a bot that runs. */
class RunningBotIT {

    private static final Pattern ADDRESS = Pattern.compile("http://[^ ]+/");

    @TempDir private Path home;

    @BeforeEach
    void writeTheConfig() throws IOException {
        Files.writeString(
                Files.createDirectories(home.resolve(".chela")).resolve("chela.json"),
                "{ gateway: { mode: \"local\" }, channels: { web: { enabled: true } } }\n");
    }

    @Test
    void changesGoThroughTheRunningBotAndStopEndsIt() throws IOException, InterruptedException {
        String first = stranger("42", "Ada");
        String second = stranger("43", "Bob");
        try (ChelaProcess bot = ChelaProcess.start(home, "gateway", "run", "--port", "0")) {
            URI address = address(bot.awaitLine("chela is ready"));

            Said again = ChelaProcess.run(home, "gateway", "run", "--port", "0");
            assertThat(again.exit()).isEqualTo(1);
            assertThat(again.err()).contains("in use by process " + bot.pid());

            Said approved =
                    ChelaProcess.run(home, "pairing", "approve", "telegram", first, "--notify");
            assertThat(approved.exit()).as(approved.err()).isZero();
            assertThat(approved.out())
                    .contains("Ada may now talk", "owner", "They are not told: for that the bot");

            Said listed = ChelaProcess.run(home, "sessions", "--json");
            assertThat(listed.exit()).as(listed.err()).isZero();
            assertThat(listed.out()).contains("\"sessions\"", "\"archives\"");
            Said refused = ChelaProcess.run(home, "sessions", "restore", "1a2b3c4d");
            assertThat(refused.exit()).isEqualTo(1);
            assertThat(refused.err()).contains("no earlier session").doesNotContain("Exception");

            assertThat(get(address.resolve("control/status")).statusCode()).isEqualTo(401);
            assertThat(get(address.resolve("readyz")).body()).contains("web/default listening");
            assertThat(get(address.resolve("metrics")).body())
                    .contains(
                            "chela_channel_listening",
                            "chela_database_waiting",
                            "jvm_memory_used_bytes")
                    .doesNotContain("Ada");

            Said stopped = ChelaProcess.run(home, "gateway", "stop");
            assertThat(stopped.exit()).as(stopped.err()).isZero();
            assertThat(bot.exit()).isZero();
        }
        Said approved = ChelaProcess.run(home, "pairing", "approve", "telegram", second);
        assertThat(approved.exit()).as(approved.err()).isZero();
        assertThat(approved.out()).contains("Bob may now talk").doesNotContain("owner");
    }

    @Test
    void aSignalDrainsAndTheExitCodeIsZero() throws IOException, InterruptedException {
        try (ChelaProcess bot = ChelaProcess.start(home, "gateway", "run", "--port", "0")) {
            bot.awaitLine("chela is ready");

            bot.terminate();

            assertThat(bot.exit()).isZero();
            assertThat(bot.err()).contains("stopped drained=true");
            assertThat(home.resolve(".chela/chela.holder")).doesNotExist();
            assertThat(home.resolve(".chela/config-copies/last-known-good.json")).exists();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aBotIsFoundAfterTheClockWasSetAndToldOfWhenItsNameIsLost()
            throws IOException, InterruptedException {
        Path holder = home.resolve(".chela/chela.holder");
        try (ChelaProcess bot = ChelaProcess.start(home, "gateway", "run", "--port", "0")) {
            bot.awaitLine("chela is ready");
            String written = Files.readString(holder);
            Files.writeString(
                    holder, written.replaceFirst("start=.*", "start=2001-01-01T00:00:00Z"));

            Said status = ChelaProcess.run(home, "gateway", "status");
            assertThat(status.out()).contains("process " + bot.pid(), ", ready");
            assertThat(status.exit()).isZero();

            Files.delete(holder);
            Said nameless = ChelaProcess.run(home, "gateway", "status");
            assertThat(nameless.out())
                    .contains("in use by a process that cannot be named", "lsof", "chela.lock")
                    .doesNotContain("not running");
            assertThat(nameless.exit()).isEqualTo(1);
            Said kept = ChelaProcess.run(home, "gateway", "stop");
            assertThat(kept.err()).contains("cannot be named").doesNotContain("Exception");
            assertThat(kept.exit()).isEqualTo(1);
            Files.writeString(holder, written);

            Said stopped = ChelaProcess.run(home, "gateway", "stop");
            assertThat(stopped.exit()).as(stopped.err()).isZero();
            assertThat(bot.exit()).isZero();
        }
    }

    @Test
    void aConfigThatBrokeCanBeLeftAsideForTheOneThatWorked()
            throws IOException, InterruptedException {
        Path file = home.resolve(".chela/chela.json");
        try (ChelaProcess bot = ChelaProcess.start(home, "gateway", "run", "--port", "0")) {
            bot.awaitLine("chela is ready");
            bot.terminate();
            assertThat(bot.exit()).isZero();
        }
        Files.writeString(file, "{ gateway: { mode: \"local\", prot: 1 } }\n");

        Said broken = ChelaProcess.run(home, "gateway", "run", "--port", "0");
        assertThat(broken.exit()).isEqualTo(1);
        assertThat(broken.err()).contains("gateway.prot").contains("--last-known-good");
        try (ChelaProcess bot =
                ChelaProcess.start(home, "gateway", "run", "--port", "0", "--last-known-good")) {
            bot.awaitLine("chela is ready");
            bot.terminate();
            assertThat(bot.exit()).isZero();
        }
        assertThat(Files.readString(file)).as("left as it is").contains("prot");
    }

    @Test
    void aBusyPortNamesItsHolderAndTheWayOut() throws IOException, InterruptedException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            Said said = ChelaProcess.run(home, "gateway", "run", "--port", port);

            assertThat(said.exit()).isEqualTo(1);
            assertThat(said.err())
                    .contains(port, "process " + ProcessHandle.current().pid(), "--port")
                    .doesNotContain("Exception");
        }
    }

    /** Somebody who wrote to the bot and waits; their code. */
    private String stranger(String id, String name) {
        StateDirectory state = StateDirectory.open(home.resolve(".chela"));
        try (SqliteDatabase database =
                SqliteDatabase.open(
                        state.database(),
                        List.of(ChannelsSchema.PART, HarnessSchema.part(), AuditLog.SCHEMA),
                        Checkpoints.none())) {
            Pairings pairings =
                    new Pairings(
                            database, Clock.systemUTC(), new SecureRandom(), (one, first) -> {});
            Sender sender = new Sender(id, name, Optional.empty(), false);
            return database.writeNow(
                            "test.ask", db -> pairings.request(db, "telegram", "default", sender))
                    .orElseThrow();
        }
    }

    private static URI address(String line) {
        Matcher found = ADDRESS.matcher(line);
        assertThat(found.find()).as(line).isTrue();
        return URI.create(found.group());
    }

    private static HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
