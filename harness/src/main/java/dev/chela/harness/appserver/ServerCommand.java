package dev.chela.harness.appserver;

import dev.chela.harness.appserver.managed.CodexInstallation;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is run.
 *
 * @param toolsPath goes in front of the child's {@code PATH}
 */
record ServerCommand(Path executable, List<String> args, Optional<Path> toolsPath) {

    private static final String LISTEN = "--listen";

    static ServerCommand managed(CodexInstallation codex, List<String> args) {
        return new ServerCommand(codex.executable(), args, codex.toolsPath());
    }

    /**
     * The operator's own program: a path, or a name on the {@code PATH}.
     *
     * @throws ConnectionClosedException if there is no such program
     */
    static ServerCommand own(String command, List<String> args, Map<String, String> environment) {
        return found(command, environment)
                .map(executable -> new ServerCommand(executable, args, Optional.empty()))
                .orElseThrow(
                        () ->
                                new ConnectionClosedException(
                                        command.strip().contains(" ")
                                                ? ("appServer.command (or"
                                                                + " CHELA_CODEX_APP_SERVER_BIN)"
                                                                + " names no program: %s. It"
                                                                + " holds the program only; put"
                                                                + " arguments in appServer.args")
                                                        .formatted(command)
                                                : ("appServer.command (or"
                                                                + " CHELA_CODEX_APP_SERVER_BIN)"
                                                                + " names no program that can"
                                                                + " run: %s. Remove it to use the"
                                                                + " Codex that Chela brings")
                                                        .formatted(command),
                                        null));
    }

    /** The same program with the same arguments, but listening at {@code endpoint}. */
    List<String> listeningAt(String endpoint) {
        var kept = new ArrayList<String>();
        for (int at = 0; at < args.size(); at++) {
            if (args.get(at).equals(LISTEN)) {
                at++;
            } else if (!args.get(at).startsWith(LISTEN + "=")) {
                kept.add(args.get(at));
            }
        }
        kept.addFirst(executable.toString());
        kept.addAll(List.of(LISTEN, endpoint));
        return kept;
    }

    /** The same, begun by a program that puts it into a process session of its own. */
    ServerCommand inSessionOf(Path setsid) {
        var all = new ArrayList<>(args);
        all.addFirst(executable.toString());
        return new ServerCommand(setsid, all, toolsPath);
    }

    /** A program by its path, or by its name on the {@code PATH}. */
    static Optional<Path> found(String command, Map<String, String> environment) {
        try {
            if (command.contains("/") || command.contains(File.separator)) {
                return Optional.of(Path.of(command).toAbsolutePath().normalize())
                        .filter(ServerCommand::runs);
            }
            for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
                Path candidate = Path.of(folder).resolve(command).toAbsolutePath();
                if (!folder.isEmpty() && runs(candidate)) {
                    return Optional.of(candidate);
                }
            }
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean runs(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
