package dev.chela.harness.scripted;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Answers by {@link ScriptedPhrase}, and echoes what is no phrase. */
public final class PhraseMind implements ScriptedMind {

    private static final String COMPACTION = "You are performing a CONTEXT CHECKPOINT COMPACTION";
    private static final String STOP_HOOK = "<hook_prompt";
    private static final int SECONDS_MAX = 600;
    private static final int CHARACTERS_MAX = 200_000;
    private static final int POLLS_MAX = 40;
    private static final int POLL_MS = 30_000;

    @Override
    public ModelReply answer(ModelRequest request) {
        var text = request.userText();
        if (text.startsWith(COMPACTION)) {
            return ModelReply.text("Summary: the conversation so far was short and scripted.");
        }
        if (text.startsWith(STOP_HOOK)) {
            return ModelReply.text("Revised: " + text.replaceAll("<[^>]*>", "").strip());
        }
        if (request.schema().isPresent()) {
            return ModelReply.text(
                    new SampleJson("scripted").of(request.schema().get()).toString());
        }
        return ScriptedPhrase.find(text)
                .map(spoken -> react(spoken.phrase(), spoken.argument(), request))
                .orElseGet(() -> ModelReply.text("Echo: " + text));
    }

    private static ModelReply react(ScriptedPhrase phrase, String argument, ModelRequest request) {
        return switch (phrase) {
            case RUN -> run(argument, request);
            case WRITE -> write(argument, request);
            case TELL, SEND -> send(argument, request);
            case APPROVAL -> approval(argument, request);
            case QUESTION -> question(argument, request);
            case FAIL -> fail(argument);
            case SLOW -> slow(argument);
            case THINK -> think(argument);
            case SEARCH -> search(argument, request);
            case CALL -> call(argument, 1, request);
            case TWICE -> call(argument, 2, request);
            case CUT -> ModelReply.silent().sayAndCut("This sentence will not be finis");
            case TWO_ANSWERS ->
                    ModelReply.silent().comment("First a remark.").say("And this is the answer.");
            case MARKDOWN -> ModelReply.text(MarkdownSample.TEXT);
            case LONG -> ModelReply.text(longText(number(argument, 5_000, CHARACTERS_MAX)));
            case NOTHING -> ModelReply.silent();
            case HELP -> ModelReply.text(phrases());
        };
    }

    private static ModelReply run(String command, ModelRequest request) {
        if (command.isEmpty()) {
            return usage(ScriptedPhrase.RUN);
        }
        if (request.outputs().isEmpty()) {
            return execute(command, Optional.empty()).apply("Running `" + command + "`.");
        }
        var last = ShellOutput.parse(request.lastOutput().orElseThrow());
        if (last.runningSession().isPresent() && request.calls() < POLLS_MAX) {
            var arguments =
                    json().put("session_id", last.runningSession().getAsInt())
                            .put("chars", "")
                            .put("yield_time_ms", POLL_MS);
            return ModelReply.call("write_stdin", arguments.toString());
        }
        var output =
                request.outputs().stream()
                        .map(one -> ShellOutput.parse(one.text()).text())
                        .collect(joining());
        return ModelReply.text(last.summary() + block(output.strip()));
    }

    private static String block(String output) {
        return output.isEmpty() ? " It printed nothing." : "\n```\n" + output + "\n```";
    }

    private static Function<String, ModelReply> execute(
            String command, Optional<String> justification) {
        var arguments = json().put("cmd", command);
        justification.ifPresent(
                why ->
                        arguments
                                .put("sandbox_permissions", "require_escalated")
                                .put("justification", why));
        return remark ->
                ModelReply.silent()
                        .comment(remark)
                        .thenCall(Optional.empty(), "exec_command", arguments.toString());
    }

    private static ModelReply write(String argument, ModelRequest request) {
        var colon = argument.indexOf(':');
        if (colon < 1) {
            return usage(ScriptedPhrase.WRITE);
        }
        var file = argument.substring(0, colon).strip();
        if (!request.outputs().isEmpty()) {
            return ModelReply.text(written(file, request.lastOutput().orElse("")));
        }
        var lines = argument.substring(colon + 1).strip().lines().map(line -> "+" + line + "\n");
        var patch =
                "*** Begin Patch\n*** Add File: "
                        + file
                        + "\n"
                        + lines.collect(joining())
                        + "*** End Patch\n";
        return ModelReply.silent()
                .comment("Writing " + file + ".")
                .then(new ReplyStep.FreeFormCalled("apply_patch", patch));
    }

    private static String written(String file, String output) {
        var text = ShellOutput.parse(output).text().strip();
        return text.startsWith("Success")
                ? "Wrote " + file + "."
                : file + " was not written: " + text;
    }

    private static ModelReply send(String text, ModelRequest request) {
        if (text.isEmpty()) {
            return usage(ScriptedPhrase.TELL);
        }
        if (!request.outputs().isEmpty()) {
            return ModelReply.text("Sent: " + request.lastOutput().orElse(""));
        }
        var arguments = json().put("action", "send").put("text", text).put("message", text);
        return ModelReply.call("openclaw", "message", arguments.toString());
    }

    private static ModelReply approval(String argument, ModelRequest request) {
        var command = argument.isEmpty() ? "echo approved" : argument;
        if (!request.outputs().isEmpty()) {
            return run(command, request);
        }
        return execute(command, Optional.of("The script wants `" + command + "` approved."))
                .apply("This needs your approval.");
    }

    private static ModelReply question(String argument, ModelRequest request) {
        if (!request.outputs().isEmpty()) {
            return ModelReply.text(QuestionAnswer.told(request.lastOutput().orElse("")));
        }
        if (!request.offers("request_user_input")) {
            return ModelReply.text("I would ask you, but no question tool is offered to me here.");
        }
        var question =
                json().put("id", "choice")
                        .put("header", "Choice")
                        .put("question", argument.isEmpty() ? "Which colour?" : argument);
        var options = question.putArray("options");
        options.addObject().put("label", "Blue").put("description", "The calm one");
        options.addObject().put("label", "Red").put("description", "The loud one");
        var arguments = json();
        arguments.putArray("questions").add(question);
        return ModelReply.call("request_user_input", arguments.toString());
    }

    private static ModelReply fail(String kind) {
        return switch (kind) {
            case "quota" -> ModelReply.failure("insufficient_quota", "the scripted quota is used");
            case "rate" -> ModelReply.failure("rate_limit_exceeded", "the script is in a hurry");
            case "busy" -> ModelReply.failure("server_is_overloaded", "the script is busy");
            case "full" ->
                    ModelReply.failure("context_length_exceeded", "the script's context is full");
            default ->
                    ModelReply.httpFailure(
                            number(kind, 500, 599), "the script fails as it was asked to");
        };
    }

    private static ModelReply slow(String argument) {
        var seconds = number(argument, 5, SECONDS_MAX);
        var words =
                Arrays.stream("This answer comes slowly, one word after the other.".split(" "))
                        .map(word -> word + " ")
                        .toList();
        var pause = Duration.ofSeconds(seconds).dividedBy(words.size());
        return ModelReply.silent().saySlowly(words, pause);
    }

    private static ModelReply think(String argument) {
        var about = argument.replaceFirst("^about\\s+", "");
        var subject = about.isEmpty() ? "nothing in particular" : about;
        return ModelReply.silent()
                .then(new ReplyStep.Reasoned("**Thinking**\n\nThis is about " + subject + "."))
                .say("I thought about " + subject + ".");
    }

    private static ModelReply search(String words, ModelRequest request) {
        if (request.outputs().isEmpty()) {
            return ModelReply.silent().then(new ReplyStep.ToolsSearched(words));
        }
        if (request.found().isEmpty()) {
            return ModelReply.text("No tool was found for: " + words);
        }
        var tool = request.found().getFirst();
        if (request.calls() == 1) {
            var arguments = new SampleJson(words).of(tool.schema());
            return ModelReply.silent()
                    .thenCall(tool.namespace(), tool.name(), arguments.toString());
        }
        return answered(tool.qualifiedName(), request);
    }

    private static ModelReply call(String argument, int times, ModelRequest request) {
        var words = argument.split("\\s+", 2);
        if (words[0].isEmpty()) {
            return usage(ScriptedPhrase.CALL);
        }
        if (!request.outputs().isEmpty()) {
            return answered(words[0], request);
        }
        var dot = words[0].indexOf('.');
        var namespace =
                dot < 0 ? Optional.<String>empty() : Optional.of(words[0].substring(0, dot));
        var arguments = words.length > 1 ? words[1] : "{}";
        var reply = ModelReply.silent();
        for (var i = 0; i < times; i++) {
            reply = reply.thenCall(namespace, words[0].substring(dot + 1), arguments);
        }
        return reply;
    }

    private static ModelReply answered(String tool, ModelRequest request) {
        return ModelReply.text(tool + " answered: " + request.lastOutput().orElse(""));
    }

    private static ModelReply usage(ScriptedPhrase phrase) {
        return ModelReply.text("Write: " + phrase.usage());
    }

    private static String phrases() {
        return Arrays.stream(ScriptedPhrase.values())
                .map(phrase -> "- `" + phrase.usage() + "` – " + phrase.help())
                .collect(joining("\n", "I am scripted and know these phrases:\n", ""));
    }

    private static int number(String argument, int otherwise, int max) {
        return argument.matches("\\d{1,9}") ? Math.min(max, Integer.parseInt(argument)) : otherwise;
    }

    private static String longText(int length) {
        var sentence = List.of("This is a long answer. ", "It goes on and on. ", "\n\n");
        var text = new StringBuilder();
        for (var i = 0; text.length() < length; i++) {
            text.append(i % 9 == 8 ? sentence.get(2) : sentence.get(i % 2));
        }
        return text.substring(0, length);
    }

    private static ObjectNode json() {
        return JsonNodeFactory.instance.objectNode();
    }
}
