package dev.chela.bot.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One line a log event, with secrets taken out before anything is cut or escaped. */
abstract class RedactingEncoder extends EncoderBase<ILoggingEvent> {

    private final UnaryOperator<String> redaction;

    RedactingEncoder(UnaryOperator<String> redaction) {
        this.redaction = redaction;
    }

    /** The event without the line's end. */
    abstract String line(ILoggingEvent event);

    final String redacted(@Nullable Object foreign) {
        return redaction.apply(String.valueOf(foreign));
    }

    @Override
    public final byte[] encode(ILoggingEvent event) {
        return (line(event) + '\n').getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public final byte @Nullable [] headerBytes() {
        return null;
    }

    @Override
    public final byte @Nullable [] footerBytes() {
        return null;
    }
}
