package dev.chela.config.edit;

import dev.chela.config.json5.Json5Writer;
import dev.chela.config.json5.Node;
import dev.chela.config.state.DatabaseException;
import dev.chela.config.state.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes every write in {@code logs/config-audit.jsonl}: when, what, which file; never a value. */
record Audit(Path stateDirectory, InstantSource clock) {

    private static final Logger log = LoggerFactory.getLogger(Audit.class);

    void record(String action, Target target, String before, String after) {
        Node.Obj entry =
                Node.Obj.empty()
                        .with("at", Node.Text.of(clock.instant().toString()))
                        .with("action", Node.Text.of(action))
                        .with("path", Node.Text.of(target.path().toString()))
                        .with("file", Node.Text.of(target.file().toString()))
                        .with("before", Node.Text.of(before))
                        .with("after", Node.Text.of(after));
        String line = Json5Writer.line(entry) + "\n";
        try {
            Path logs = stateDirectory.resolve("logs");
            PrivateFiles.createDirectories(logs);
            Path file = logs.resolve("config-audit.jsonl");
            PrivateFiles.create(file);
            Files.writeString(file, line, StandardOpenOption.APPEND);
        } catch (IOException | DatabaseException e) {
            // The edit itself is done; a missing note must not make it look undone.
            log.warn("config.audit not written reason={}", e.toString());
        }
    }
}
