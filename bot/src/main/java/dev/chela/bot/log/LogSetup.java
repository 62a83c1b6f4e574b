package dev.chela.bot.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.util.FileSize;
import com.google.re2j.Pattern;
import dev.chela.config.LoggingConfig;
import dev.chela.config.secret.Redaction;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.slf4j.LoggerFactory;

/**
 * Sets logging up before anything is logged, and adds the file once the state directory is known.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {

    private static final String FILE_BYTES_MAX = "10MB";
    private static final String ALL_FILES_BYTES_MAX = "100MB";
    private static final int DAYS_MAX = 14;
    private static final String CONSOLE = "console";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(console(context, UnaryOperator.identity()));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /**
     * Logs our own lines from the configured level on and others' from {@code warn} on, into the
     * configured file, else one a day in {@code directory}, and if {@code onConsole} to the
     * standard error stream. Known secrets are always hidden, what looks like one unless that is
     * off.
     */
    public static void start(
            Path directory, LoggingConfig config, boolean onConsole, Redaction redaction) {
        UnaryOperator<String> mask = mask(config, redaction);
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.detachAppender(CONSOLE);
        if (onConsole) {
            ConsoleAppender<ILoggingEvent> console = console(context, mask);
            config.consoleLevel().ifPresent(level -> console.addFilter(from(level)));
            root.addAppender(console);
        }
        Path file = config.file().map(Path::toAbsolutePath).orElse(directory.resolve("chela.log"));
        root.addAppender(file(context, file, mask));
        context.getLogger("dev.chela").setLevel(level(config.level()));
    }

    private static ThresholdFilter from(LoggingConfig.Level level) {
        ThresholdFilter filter = new ThresholdFilter();
        filter.setLevel(level(level).levelStr);
        filter.start();
        return filter;
    }

    private static UnaryOperator<String> mask(LoggingConfig config, Redaction redaction) {
        List<Pattern> more = config.redactPatterns().stream().map(Pattern::compile).toList();
        UnaryOperator<String> usual =
                switch (config.redactSensitive()) {
                    case OFF -> redaction::known;
                    case TOOLS -> redaction::everything;
                };
        return line -> {
            String masked = usual.apply(line);
            for (Pattern pattern : more) {
                masked = pattern.matcher(masked).replaceAll(Redaction.MASK);
            }
            return masked;
        };
    }

    private static Level level(LoggingConfig.Level level) {
        return switch (level) {
            case SILENT -> Level.OFF;
            case FATAL, ERROR -> Level.ERROR;
            case WARN -> Level.WARN;
            case INFO -> Level.INFO;
            case DEBUG -> Level.DEBUG;
            case TRACE -> Level.TRACE;
        };
    }

    private static ConsoleAppender<ILoggingEvent> console(
            LoggerContext context, UnaryOperator<String> redaction) {
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setName(CONSOLE);
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(started(new LineEncoder(redaction), context));
        appender.start();
        return appender;
    }

    private static RollingFileAppender<ILoggingEvent> file(
            LoggerContext context, Path path, UnaryOperator<String> redaction) {
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setName("file");
        appender.setContext(context);
        appender.setFile(path.toString());
        appender.setEncoder(started(new JsonLineEncoder(redaction), context));
        SizeAndTimeBasedRollingPolicy<ILoggingEvent> rolling =
                new SizeAndTimeBasedRollingPolicy<>();
        rolling.setContext(context);
        rolling.setParent(appender);
        rolling.setFileNamePattern(rolled(path));
        rolling.setMaxFileSize(FileSize.valueOf(FILE_BYTES_MAX));
        rolling.setTotalSizeCap(FileSize.valueOf(ALL_FILES_BYTES_MAX));
        rolling.setMaxHistory(DAYS_MAX);
        rolling.start();
        appender.setRollingPolicy(rolling);
        appender.start();
        return appender;
    }

    /** {@code chela.log} rolls to {@code chela.<day>.<number>.log.gz} beside it. */
    private static String rolled(Path path) {
        String name = String.valueOf(path.getFileName());
        String stem = name.endsWith(".log") ? name.substring(0, name.length() - 4) : name;
        // A percent sign would be taken for a conversion.
        String safe = stem.replace("%", "_");
        return path.resolveSibling(safe + ".%d.%i.log.gz").toString();
    }

    private static Encoder<ILoggingEvent> started(
            Encoder<ILoggingEvent> encoder, LoggerContext context) {
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }
}
