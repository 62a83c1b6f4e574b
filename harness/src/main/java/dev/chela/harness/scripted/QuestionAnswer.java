package dev.chela.harness.scripted;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What a person answered to Codex's question tool, as the model gets it. */
final class QuestionAnswer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private QuestionAnswer() {}

    /** In words; output that is no answer comes back as it is. */
    static String told(String output) {
        try {
            JsonNode answers = JSON.readTree(output).path("answers");
            if (!answers.isObject()) {
                return "The question came back with: " + output;
            }
            var said =
                    elements(answers)
                            .flatMap(one -> elements(one.path("answers")))
                            .map(JsonNode::asText)
                            .collect(joining(", "));
            return said.isEmpty() ? "Nobody answered." : "You answered: " + said;
        } catch (JsonProcessingException notJson) {
            return "The question came back with: " + output;
        }
    }

    private static Stream<JsonNode> elements(JsonNode parent) {
        return StreamSupport.stream(parent.spliterator(), false);
    }
}
