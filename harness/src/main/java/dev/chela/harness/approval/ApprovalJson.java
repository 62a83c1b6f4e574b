package dev.chela.harness.approval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chela.config.state.DatabaseException;
import dev.chela.harness.Source;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The JSON columns of the {@code approval} table. */
final class ApprovalJson {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private ApprovalJson() {}

    static String source(Source source) {
        return write(source);
    }

    static Source source(String json) {
        return read(json, Source.class);
    }

    static String body(ApprovalRequest request) {
        return write(
                new Body(
                        request.choices(),
                        request.questions(),
                        request.fingerprint().orElse(null)));
    }

    static Body body(String json) {
        return read(json, Body.class);
    }

    static String decision(Decision decision) {
        return write(
                switch (decision) {
                    case Decision.Chosen(Choice choice) -> new Stored(choice.word(), null);
                    case Decision.Answered answered -> new Stored("answered", answered.answers());
                    case Decision.TimedOut() -> new Stored("timed-out", null);
                    case Decision.Withdrawn() -> new Stored("withdrawn", null);
                    case Decision.Unroutable() -> new Stored("unroutable", null);
                });
    }

    static Decision decision(String json) {
        Stored stored = read(json, Stored.class);
        Map<String, List<String>> answers = stored.answers();
        if (answers != null) {
            return new Decision.Answered(answers);
        }
        return switch (stored.end()) {
            case "timed-out" -> new Decision.TimedOut();
            case "withdrawn" -> new Decision.Withdrawn();
            case "unroutable" -> new Decision.Unroutable();
            default -> new Decision.Chosen(Choice.parse(stored.end()).orElse(Choice.DENY));
        };
    }

    /** How it ended, without what anybody said. */
    static String wordless(String json) {
        return decision(json) instanceof Decision.Answered
                ? write(new Stored("answered", Map.of()))
                : json;
    }

    private static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new DatabaseException("an approval does not fit into JSON", e);
        }
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new DatabaseException("a stored approval is not readable as " + type, e);
        }
    }

    record Body(Set<Choice> choices, List<Question> questions, @Nullable String fingerprint) {}

    record Stored(String end, @Nullable Map<String, List<String>> answers) {}
}
