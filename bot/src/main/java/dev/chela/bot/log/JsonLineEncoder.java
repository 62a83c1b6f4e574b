package dev.chela.bot.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.UnaryOperator;

/** Log lines for programs: one JSON object a line. */
final class JsonLineEncoder extends RedactingEncoder {

    private static final int STACK_CHARS_MAX = 8_000;

    private final ObjectMapper json = new ObjectMapper();

    JsonLineEncoder(UnaryOperator<String> redaction) {
        super(redaction);
    }

    @Override
    String line(ILoggingEvent event) {
        ObjectNode line = json.createObjectNode();
        line.put("at", event.getInstant().toString());
        line.put("level", event.getLevel().toString());
        line.put("logger", event.getLoggerName());
        line.put("thread", event.getThreadName());
        line.put("message", redacted(event.getFormattedMessage()));
        if (event.getKeyValuePairs() != null) {
            event.getKeyValuePairs().forEach(pair -> line.put(pair.key, redacted(pair.value)));
        }
        event.getMDCPropertyMap().forEach((key, value) -> line.put(key, redacted(value)));
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            String stack = redacted(ThrowableProxyUtil.asString(thrown));
            line.put("stack", stack.substring(0, Math.min(STACK_CHARS_MAX, stack.length())));
        }
        try {
            return json.writeValueAsString(line);
        } catch (JsonProcessingException impossible) {
            return "{}";
        }
    }
}
