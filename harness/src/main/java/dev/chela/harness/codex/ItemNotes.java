package dev.chela.harness.codex;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chela.harness.Legible;
import dev.chela.harness.TurnEvent.Noted;
import dev.chela.harness.appserver.protocol.ItemStatus;
import dev.chela.harness.appserver.protocol.ThreadItem;
import dev.chela.harness.appserver.protocol.ToolContent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What of a completed item the transcript keeps beside the words (sessions-and-routing §14): what
 * tools gave, at most 12,000 characters of each, and thoughts and plans, at most 2,000.
 */
final class ItemNotes {

    private static final int RESULT_CHARS_MAX = 12_000;
    private static final int THOUGHT_CHARS_MAX = 2_000;

    private ItemNotes() {}

    /** Empty for words, marks, and thoughts that the model does not show. */
    static Optional<Noted> of(ThreadItem item) {
        return switch (item) {
            case ThreadItem.CommandExecution command ->
                    result(item, given(command), hasFailed(command));
            case ThreadItem.FileChange change ->
                    result(item, given(change), hasFailed(change.status()));
            case ThreadItem.DynamicToolCall call ->
                    result(item, given(call), Boolean.FALSE.equals(call.success()));
            case ThreadItem.McpToolCall call -> result(item, given(call), hasFailed(call.status()));
            case ThreadItem.WebSearch ignored -> result(item, "", false);
            case ThreadItem.ImageView ignored -> result(item, "", false);
            case ThreadItem.ImageGeneration picture ->
                    result(item, picture.savedPath() == null ? "" : picture.savedPath(), false);
            case ThreadItem.CollabAgentToolCall call -> result(item, "", hasFailed(call.status()));
            case ThreadItem.Reasoning thought ->
                    thought(Noted.Kind.REASONING, item, String.join("\n", thought.summary()));
            case ThreadItem.Plan plan -> thought(Noted.Kind.PLAN, item, plan.text());
            case ThreadItem.UserMessage ignored -> Optional.empty();
            case ThreadItem.HookPrompt ignored -> Optional.empty();
            case ThreadItem.AgentMessage ignored -> Optional.empty();
            case ThreadItem.EnteredReviewMode ignored -> Optional.empty();
            case ThreadItem.ExitedReviewMode ignored -> Optional.empty();
            case ThreadItem.ContextCompaction ignored -> Optional.empty();
            case ThreadItem.Unknown ignored -> Optional.empty();
        };
    }

    private static Optional<Noted> result(ThreadItem item, String given, boolean failed) {
        return Optional.of(
                new Noted(
                        item.id(),
                        Noted.Kind.TOOL_RESULT,
                        ItemTitles.of(item).orElse(""),
                        Legible.redactedBlock(given, RESULT_CHARS_MAX),
                        failed));
    }

    private static Optional<Noted> thought(Noted.Kind kind, ThreadItem item, String text) {
        return text.isBlank()
                ? Optional.empty()
                : Optional.of(
                        new Noted(
                                item.id(),
                                kind,
                                "",
                                Legible.redactedBlock(text, THOUGHT_CHARS_MAX),
                                false));
    }

    private static String given(ThreadItem.CommandExecution command) {
        String output = command.aggregatedOutput() == null ? "" : command.aggregatedOutput();
        return command.exitCode() == null || command.exitCode() == 0
                ? output
                : "exit code %d\n%s".formatted(command.exitCode(), output);
    }

    private static String given(ThreadItem.FileChange change) {
        return change.changes().stream()
                .map(one -> one.path() + (one.diff() == null ? "" : "\n" + one.diff()))
                .collect(Collectors.joining("\n"));
    }

    private static String given(ThreadItem.DynamicToolCall call) {
        return call.contentItems().stream().map(ItemNotes::words).collect(Collectors.joining("\n"));
    }

    private static String words(ToolContent content) {
        return switch (content) {
            case ToolContent.Text text -> text.text();
            case ToolContent.Image ignored -> "(a picture)";
            case ToolContent.Unknown unknown -> "(" + unknown.type() + ")";
        };
    }

    /** Pictures and sounds of an MCP answer are named, not kept. */
    private static String given(ThreadItem.McpToolCall call) {
        JsonNode error = call.error();
        if (error != null && !error.isNull()) {
            return JsonWords.plain(error.path("message"));
        }
        JsonNode content = call.result() == null ? null : call.result().path("content");
        return content == null
                ? ""
                : content.valueStream().map(ItemNotes::part).collect(Collectors.joining("\n"));
    }

    private static String part(JsonNode part) {
        return part.path("text").isTextual()
                ? part.path("text").asText()
                : "(%s)".formatted(part.path("type").asText("something"));
    }

    private static boolean hasFailed(ThreadItem.CommandExecution command) {
        return hasFailed(command.status()) || command.exitCode() != null && command.exitCode() != 0;
    }

    private static boolean hasFailed(@Nullable ItemStatus status) {
        return status != null
                && List.of(ItemStatus.FAILED, ItemStatus.DECLINED, ItemStatus.INTERRUPTED)
                        .contains(status);
    }
}
