package dev.chela.config;

import dev.chela.config.meta.Default;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What is written to the log, and where; an absent file is one a day in the state directory. */
public record LoggingConfig(
        @Default("'info'") Level level,
        Optional<Level> consoleLevel,
        Optional<Path> file,
        @Default("'tools'") Redact redactSensitive,
        List<String> redactPatterns) {

    /** The least serious event that is logged. */
    public enum Level {
        SILENT,
        FATAL,
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }

    /** {@code tools} hides secrets in what tools say. */
    public enum Redact {
        OFF,
        TOOLS
    }
}
