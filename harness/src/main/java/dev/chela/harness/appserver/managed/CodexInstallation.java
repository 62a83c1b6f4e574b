package dev.chela.harness.appserver.managed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An unpacked Codex package.
 *
 * @param directory the whole tree; keep it together
 * @param executable the native binary
 * @param toolsPath a directory of tools to put in front of the child's {@code PATH}
 */
public record CodexInstallation(
        String version, Path directory, Path executable, Optional<Path> toolsPath) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DESCRIPTION = "codex-package.json";

    /** Reads what lies in {@code directory}; empty unless it holds a program that can run. */
    static Optional<CodexInstallation> find(String version, Path directory) {
        for (Path vendor : vendors(directory)) {
            Optional<CodexInstallation> found =
                    described(version, directory, vendor)
                            .or(() -> plain(version, directory, vendor));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<CodexInstallation> described(
            String version, Path directory, Path vendor) {
        Path description = vendor.resolve(DESCRIPTION);
        if (!Files.isRegularFile(description)) {
            return Optional.empty();
        }
        try {
            JsonNode json = JSON.readTree(description.toFile());
            Path executable = vendor.resolve(json.path("entrypoint").asText()).normalize();
            Path tools = vendor.resolve(json.path("pathDir").asText("codex-path")).normalize();
            return executable.startsWith(vendor)
                    ? of(version, directory, executable, tools)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The layout of packages that do not describe themselves, as 0.125.0. */
    private static Optional<CodexInstallation> plain(String version, Path directory, Path vendor) {
        Path folder = vendor.resolve("codex");
        Path tools = vendor.resolve("path");
        return of(version, directory, folder.resolve("codex"), tools)
                .or(() -> of(version, directory, folder.resolve("codex.exe"), tools));
    }

    private static Optional<CodexInstallation> of(
            String version, Path directory, Path executable, Path tools) {
        if (!Files.isRegularFile(executable) || !Files.isExecutable(executable)) {
            return Optional.empty();
        }
        Optional<Path> existing = Optional.of(tools).filter(Files::isDirectory);
        return Optional.of(new CodexInstallation(version, directory, executable, existing));
    }

    private static List<Path> vendors(Path directory) {
        Path vendor = directory.resolve("vendor");
        if (!Files.isDirectory(vendor)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(vendor)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
