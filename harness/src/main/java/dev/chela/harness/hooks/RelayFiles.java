package dev.chela.harness.hooks;

import dev.chela.config.state.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What lies in the state directory for the commands that Codex runs: the script, and where the bot
 * listens. Both keep their place, so that a thread that stayed loaded while the bot was restarted
 * finds the next one. Commands name no secret; it is in a file that only its owner can read.
 */
final class RelayFiles {

    private static final String SCRIPT = "hook-relay.sh";
    private static final String ENDPOINT = "endpoint";

    /**
     * Stands in where the script is not there. It reads what Codex writes, else Codex would take it
     * for failed and run the tool. Without a quote or backslash: any shell passes it on as it is.
     */
    private static final String LAUNCH =
            "[ -r \"$0\" ] && . \"$0\"; cat >/dev/null; [ \"$4\" = enforce ] || exit 0;"
                    + " echo \"Native hook relay unavailable: its script is gone. The tool was not"
                    + " run. Restart the gateway, then begin anew with /new or /reset.\" >&2;"
                    + " exit 2";

    private final Path folder;
    private final Optional<Path> bash;

    /**
     * @param folder 0700
     * @param searchPath as {@code PATH} has it
     */
    RelayFiles(Path folder, String searchPath) {
        this.folder = folder;
        this.bash = bash(searchPath);
    }

    private static Optional<Path> bash(String searchPath) {
        return Stream.concat(
                        Stream.of("/bin", "/usr/bin"), Arrays.stream(searchPath.split(":", -1)))
                .filter(name -> name.startsWith("/"))
                .map(name -> Path.of(name, "bash"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Whether there is what runs the script. */
    boolean canRun() {
        return bash.isPresent();
    }

    /** Puts both in place, whole. */
    void write(int port, String token) throws IOException {
        put(SCRIPT, script());
        put(ENDPOINT, "%d %s%n".formatted(port, token));
    }

    private static String script() throws IOException {
        try (InputStream in = RelayFiles.class.getResourceAsStream(SCRIPT)) {
            if (in == null) {
                throw new IOException("the script is missing from the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void put(String name, String text) throws IOException {
        PrivateFiles.createDirectories(folder);
        Path fresh = folder.resolve(name + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PrivateFiles.fileAttributes());
        Files.writeString(fresh, text, StandardOpenOption.WRITE);
        Files.move(
                fresh,
                folder.resolve(name),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** What Codex has its shell run: one plain command, whatever shell that is. */
    String command(String relay, String generation, HookKind kind, boolean enforce) {
        return String.join(
                " ",
                quoted(bash.map(Path::toString).orElse("/bin/bash")),
                "-c",
                quoted(LAUNCH),
                quoted(folder.resolve(SCRIPT).toString()),
                relay,
                generation,
                kind.id(),
                enforce ? "enforce" : "observe");
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
