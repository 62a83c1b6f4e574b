package dev.chela.harness.codex;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.chela.harness.TurnEvent.Noted;
import dev.chela.harness.appserver.protocol.ItemStatus;
import dev.chela.harness.appserver.protocol.ThreadItem;
import dev.chela.harness.appserver.protocol.ToolContent;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a transcript keeps of what an agent did. */
final class ItemNotesTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @Test
    void aFailedCommandIsKeptWithItsExitCodeAndWithoutSecrets() {
        Noted noted = note(command(2, "\u001b[31mno such file\u001b[0m\nAPI_KEY=sk-abcdefgh12"));

        assertThat(noted.title()).isEqualTo("Runs cat x");
        assertThat(noted.text()).isEqualTo("exit code 2\nno such file\nAPI_KEY=***");
        assertThat(noted.failed()).isTrue();
    }

    @Test
    void aLongOutputIsCut() {
        assertThat(note(command(0, "x".repeat(1_000_000))).text()).hasSize(12_000).endsWith("…");
    }

    @Test
    void aPatchIsKeptWithItsFiles() {
        var change = new ThreadItem.Change("/w/a.txt", null, "+new line");
        Noted noted = note(new ThreadItem.FileChange("i", List.of(change), ItemStatus.DECLINED));

        assertThat(noted.text()).isEqualTo("/w/a.txt\n+new line");
        assertThat(noted.failed()).isTrue();
    }

    @Test
    void aPictureThatAToolGaveIsNamedNotKept() {
        var call =
                new ThreadItem.DynamicToolCall(
                        "i",
                        "openclaw",
                        "message",
                        null,
                        ItemStatus.COMPLETED,
                        true,
                        List.of(ToolContent.text("sent"), new ToolContent.Image("data:secret")),
                        5L);

        assertThat(note(call).text()).isEqualTo("sent\n(a picture)");
    }

    @Test
    void theErrorOfAnMcpToolIsItsResult() {
        var call =
                new ThreadItem.McpToolCall(
                        "i",
                        "docs",
                        "find",
                        null,
                        ItemStatus.FAILED,
                        JSON.nullNode(),
                        JSON.objectNode().put("message", "not found"),
                        5L);

        assertThat(note(call))
                .isEqualTo(
                        new Noted(
                                "i", Noted.Kind.TOOL_RESULT, "Uses docs/find", "not found", true));
    }

    @Test
    void aThoughtIsKeptWhereTheModelShowsIt() {
        assertThat(note(new ThreadItem.Reasoning("i", List.of("a", "b"), List.of())).text())
                .isEqualTo("a\nb");
        assertThat(ItemNotes.of(new ThreadItem.Reasoning("i", List.of(), List.of("raw"))))
                .isEmpty();
    }

    private static ThreadItem command(int exitCode, String output) {
        return new ThreadItem.CommandExecution(
                "i", "cat x", "/w", ItemStatus.COMPLETED, null, null, exitCode, output, 5L);
    }

    private static Noted note(ThreadItem item) {
        return ItemNotes.of(item).orElseThrow();
    }
}
