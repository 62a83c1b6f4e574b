package dev.chela.bot.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Log lines for an operator's eyes: time, level, subsystem, message, {@code key=value} pairs. */
final class LineEncoder extends RedactingEncoder {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT)
                    .withZone(ZoneId.systemDefault());

    /** A line break in a foreign message must not begin a forged line. */
    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

    LineEncoder(UnaryOperator<String> redaction) {
        super(redaction);
    }

    @Override
    String line(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160);
        line.append(TIME.format(event.getInstant()))
                .append(' ')
                .append(String.format(Locale.ROOT, "%-5s", event.getLevel()))
                .append(' ')
                .append(event.getLoggerName().replaceFirst("^dev\\.chela\\.", ""))
                .append("  ")
                .append(event.getFormattedMessage());
        if (event.getKeyValuePairs() != null) {
            event.getKeyValuePairs()
                    .forEach(
                            pair ->
                                    line.append(' ')
                                            .append(pair.key)
                                            .append('=')
                                            .append(pair.value));
        }
        for (IThrowableProxy cause = event.getThrowableProxy();
                cause != null;
                cause = cause.getCause()) {
            line.append(" | ").append(cause.getClassName()).append(": ").append(cause.getMessage());
        }
        // Redacted as it is, since a secret may hold a line break, and then again on its one line.
        return redacted(CONTROL.matcher(redacted(line)).replaceAll(" "));
    }
}
