package dev.chela.bot.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Log lines for programs: one JSON object a line. */
final class JsonLineEncoder extends EncoderBase<ILoggingEvent> {

    private static final int STACK_CHARS_MAX = 8_000;

    private final ObjectMapper json = new ObjectMapper();
    private final UnaryOperator<String> redaction;

    JsonLineEncoder(UnaryOperator<String> redaction) {
        this.redaction = redaction;
    }

    @Override
    public byte @Nullable [] headerBytes() {
        return null;
    }

    @Override
    public byte @Nullable [] footerBytes() {
        return null;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        ObjectNode line = json.createObjectNode();
        line.put("at", event.getInstant().toString());
        line.put("level", event.getLevel().toString());
        line.put("logger", event.getLoggerName());
        line.put("thread", event.getThreadName());
        line.put("message", redaction.apply(event.getFormattedMessage()));
        if (event.getKeyValuePairs() != null) {
            event.getKeyValuePairs()
                    .forEach(
                            pair ->
                                    line.put(
                                            pair.key, redaction.apply(String.valueOf(pair.value))));
        }
        event.getMDCPropertyMap().forEach(line::put);
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            String stack = ThrowableProxyUtil.asString(thrown);
            line.put(
                    "stack",
                    redaction.apply(stack.substring(0, Math.min(STACK_CHARS_MAX, stack.length()))));
        }
        try {
            return (json.writeValueAsString(line) + '\n').getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException impossible) {
            return "{}\n".getBytes(StandardCharsets.UTF_8);
        }
    }
}
