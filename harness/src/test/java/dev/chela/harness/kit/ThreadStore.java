package dev.chela.harness.kit;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the imitated server keeps on disk: a file of events a thread, so that another process can
 * resume it. Knows nothing of what the events mean.
 */
final class ThreadStore {

    private final Path directory;

    ThreadStore(Path codexHome) throws IOException {
        directory = Files.createDirectories(codexHome.resolve("imitated-threads"));
    }

    void append(String thread, JsonNode event) {
        try {
            Files.writeString(file(thread), event + "\n", CREATE, APPEND);
        } catch (IOException e) {
            throw new AssertionError("cannot keep thread " + thread, e);
        }
    }

    /** The thread's events; empty if there is no such thread. */
    List<JsonNode> read(String thread) {
        try {
            if (!Files.exists(file(thread))) {
                return List.of();
            }
            return Files.readAllLines(file(thread)).stream().map(Json::parse).toList();
        } catch (IOException e) {
            throw new AssertionError("cannot read thread " + thread, e);
        }
    }

    List<String> threads() {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString().replace(".jsonl", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new AssertionError("cannot list threads", e);
        }
    }

    void delete(String thread) {
        try {
            Files.deleteIfExists(file(thread));
        } catch (IOException e) {
            throw new AssertionError("cannot delete thread " + thread, e);
        }
    }

    private Path file(String thread) {
        if (!thread.matches("[A-Za-z0-9-]{1,80}")) {
            throw new AssertionError("no thread id: " + thread);
        }
        return directory.resolve(thread + ".jsonl");
    }
}
