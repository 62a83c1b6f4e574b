package dev.chela.harness.codex;

import dev.chela.harness.Legible;
import dev.chela.harness.appserver.protocol.ThreadItem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Short names of what an agent is doing; bounded and redacted. */
final class ItemTitles {

    private static final int TITLE_CHARS_MAX = 120;
    private static final Pattern SHELL =
            Pattern.compile("\\S*/(?:ba|z|da|fi)?sh -l?c '?(.*?)'?", Pattern.DOTALL);

    private ItemTitles() {}

    /** The title of an item that is work; empty for words, thoughts and marks. */
    static Optional<String> of(ThreadItem item) {
        return switch (item) {
            case ThreadItem.CommandExecution command -> title("Runs " + bare(command.command()));
            case ThreadItem.FileChange change -> title("Edits " + files(change.changes()));
            case ThreadItem.DynamicToolCall call -> title("Uses " + call.tool());
            case ThreadItem.McpToolCall call -> title("Uses " + call.server() + "/" + call.tool());
            case ThreadItem.WebSearch search -> title("Searches the web: " + search.query());
            case ThreadItem.ImageView view -> title("Looks at " + name(view.path()));
            case ThreadItem.ImageGeneration ignored -> title("Makes a picture");
            case ThreadItem.CollabAgentToolCall ignored -> title("Works with another agent");
            case ThreadItem.ContextCompaction ignored -> title("Compacts the conversation");
            case ThreadItem.EnteredReviewMode ignored -> title("Reviews");
            case ThreadItem.UserMessage ignored -> Optional.empty();
            case ThreadItem.HookPrompt ignored -> Optional.empty();
            case ThreadItem.AgentMessage ignored -> Optional.empty();
            case ThreadItem.Plan ignored -> Optional.empty();
            case ThreadItem.Reasoning ignored -> Optional.empty();
            case ThreadItem.ExitedReviewMode ignored -> Optional.empty();
            case ThreadItem.Unknown ignored -> Optional.empty();
        };
    }

    /** A command line without the shell it is wrapped in. */
    static String bare(String command) {
        Matcher wrapped = SHELL.matcher(command);
        return wrapped.matches() ? wrapped.group(1) : command;
    }

    private static Optional<String> title(String text) {
        return Optional.of(Legible.redacted(text, TITLE_CHARS_MAX));
    }

    /** The first file by name, and how many more. */
    static String files(List<ThreadItem.Change> changes) {
        return switch (changes.size()) {
            case 0 -> "files";
            case 1 -> name(changes.getFirst().path());
            default -> name(changes.getFirst().path()) + " and " + (changes.size() - 1) + " more";
        };
    }

    private static String name(String path) {
        Path last = Path.of(path.replace("\0", "")).getFileName();
        return last == null ? path : last.toString();
    }
}
