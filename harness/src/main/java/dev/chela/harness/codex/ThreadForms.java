package dev.chela.harness.codex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chela.harness.ThreadId;
import dev.chela.harness.appserver.protocol.DynamicTool;
import dev.chela.harness.appserver.protocol.Personality;
import dev.chela.harness.appserver.protocol.ThreadFork;
import dev.chela.harness.appserver.protocol.ThreadInjectItems;
import dev.chela.harness.appserver.protocol.ThreadOptions;
import dev.chela.harness.appserver.protocol.ThreadResume;
import dev.chela.harness.appserver.protocol.ThreadStart;
import dev.chela.harness.tools.OfferedTool;
import dev.chela.harness.tools.ToolLoading;
import dev.chela.harness.tools.ToolRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Starting, resuming and filling a thread in the wire's form. */
final class ThreadForms {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ASK_IN_DEFAULT_MODE = "features.default_mode_request_user_input";

    private ThreadForms() {}

    static ThreadStart start(CodexSettings settings, ToolRegistry tools, ToolLoading loading) {
        return new ThreadStart(
                options(settings, instructions(settings, tools.deferred(loading))),
                Personality.NONE,
                false,
                false,
                tools.offered(loading).stream().map(ThreadForms::tool).toList());
    }

    /** Its turns are left out. */
    static ThreadResume resume(ThreadId thread, CodexSettings settings) {
        return new ThreadResume(thread, options(settings, ""), Personality.NONE, true);
    }

    /** A thread that a person chose keeps its own folder and model where nobody names others. */
    static ThreadResume adopt(ThreadId thread, BindWish wish, CodexSettings settings) {
        ThreadOptions.Builder options =
                ThreadOptions.builder()
                        .model(wish.model().map(ModelNames::codex).orElse(null))
                        .modelProvider(wish.provider().orElse(null))
                        .approvalPolicy(settings.policy().approval())
                        .approvalsReviewer(settings.policy().reviewer())
                        .sandbox(
                                settings.setup().ownPermissions()
                                        ? null
                                        : settings.policy().sandbox())
                        .config(config(settings));
        wish.folder().map(settings::there).ifPresent(options::cwd);
        return new ThreadResume(thread, options.build(), Personality.NONE, true);
    }

    /** A copy that stays; its turns are left out of the answer. */
    static ThreadFork copy(ThreadId thread, CodexSettings settings) {
        return new ThreadFork(thread, options(settings, ""), false, true, null);
    }

    /**
     * A copy of a thread in memory alone. Model and config are not copied, and at 0.125 neither are
     * policy and sandbox; instructions are, and tools of ours, too.
     */
    static ThreadFork aside(ThreadId thread, CodexSettings settings) {
        return new ThreadFork(thread, options(settings, ""), true, true, null);
    }

    /** A thread in memory alone that knows of nothing said before. */
    static ThreadStart aside(CodexSettings settings) {
        return new ThreadStart(
                options(settings, settings.developerInstructions()),
                Personality.NONE,
                true,
                false,
                List.of());
    }

    /** Puts words of a user into the model's history. */
    static ThreadInjectItems said(ThreadId thread, String text) {
        Map<String, Object> part = Map.of("type", "input_text", "text", text);
        Map<String, Object> message =
                Map.of("type", "message", "role", "user", "content", List.of(part));
        return new ThreadInjectItems(thread, List.of(MAPPER.valueToTree(message)));
    }

    private static DynamicTool tool(OfferedTool tool) {
        return new DynamicTool(
                tool.name(),
                tool.description(),
                tool.inputSchema(),
                tool.namespace(),
                tool.deferLoading());
    }

    private static String instructions(CodexSettings settings, List<String> deferred) {
        if (deferred.isEmpty()) {
            return settings.developerInstructions();
        }
        String names =
                "Tools of the namespace %s that you find with tool search: %s."
                        .formatted(ToolRegistry.NAMESPACE, String.join(", ", deferred));
        return settings.developerInstructions().isBlank()
                ? names
                : settings.developerInstructions() + "\n\n" + names;
    }

    private static ThreadOptions options(CodexSettings settings, String instructions) {
        return ThreadOptions.builder()
                .cwd(settings.folderThere())
                .model(settings.model().orElse(null))
                .modelProvider(settings.claim().flatMap(ClaimTerms::provider).orElse(null))
                .approvalPolicy(settings.policy().approval())
                .approvalsReviewer(settings.policy().reviewer())
                .sandbox(settings.setup().ownPermissions() ? null : settings.policy().sandbox())
                .serviceTier(settings.serviceTier().orElse(null))
                .developerInstructions(instructions.isBlank() ? null : instructions)
                .config(config(settings))
                .build();
    }

    private static JsonNode config(CodexSettings settings) {
        Map<String, Object> patch = new LinkedHashMap<>();
        if (settings.claim().isEmpty()) {
            patch.put(ASK_IN_DEFAULT_MODE, true);
        }
        patch.putAll(settings.setup().config());
        return MAPPER.valueToTree(patch);
    }
}
