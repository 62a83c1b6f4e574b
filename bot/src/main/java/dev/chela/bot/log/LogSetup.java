package dev.chela.bot.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
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
     * Logs our own lines at {@code level} and others' from {@code warn} on, into {@code directory}
     * and, if {@code onConsole}, to the standard error stream.
     */
    public static void start(
            Path directory, String level, boolean onConsole, UnaryOperator<String> redaction) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.detachAppender(CONSOLE);
        if (onConsole) {
            root.addAppender(console(context, redaction));
        }
        root.addAppender(file(context, directory, redaction));
        context.getLogger("dev.chela").setLevel(level(level));
    }

    private static Level level(String name) {
        return switch (name) {
            case "SILENT" -> Level.OFF;
            case "FATAL" -> Level.ERROR;
            default -> Level.toLevel(name, Level.INFO);
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
            LoggerContext context, Path directory, UnaryOperator<String> redaction) {
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setName("file");
        appender.setContext(context);
        appender.setFile(directory.resolve("chela.log").toString());
        appender.setEncoder(started(new JsonLineEncoder(redaction), context));
        SizeAndTimeBasedRollingPolicy<ILoggingEvent> rolling =
                new SizeAndTimeBasedRollingPolicy<>();
        rolling.setContext(context);
        rolling.setParent(appender);
        rolling.setFileNamePattern(directory.resolve("chela.%d.%i.log.gz").toString());
        rolling.setMaxFileSize(FileSize.valueOf(FILE_BYTES_MAX));
        rolling.setTotalSizeCap(FileSize.valueOf(ALL_FILES_BYTES_MAX));
        rolling.setMaxHistory(DAYS_MAX);
        rolling.start();
        appender.setRollingPolicy(rolling);
        appender.start();
        return appender;
    }

    private static Encoder<ILoggingEvent> started(
            Encoder<ILoggingEvent> encoder, LoggerContext context) {
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }
}
