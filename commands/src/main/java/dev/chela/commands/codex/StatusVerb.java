package dev.chela.commands.codex;

import dev.chela.commands.CommandAnswer;
import dev.chela.commands.CommandCall;
import dev.chela.commands.Sanitised;
import dev.chela.harness.appserver.protocol.Account;
import dev.chela.harness.appserver.protocol.AccountRead;
import dev.chela.harness.appserver.protocol.ModelList;
import dev.chela.harness.appserver.protocol.RateLimits;
import dev.chela.harness.codex.Codex;
import dev.chela.harness.codex.CodexStatus;
import dev.chela.harness.codex.Probe;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code /codex status}: five questions at once, each line failing alone. */
final class StatusVerb implements Subcommand {

    private static final int TEXT_CHARS_MAX = 120;
    private static final int MODELS_MAX = 8;
    private static final String TO_CHECK =
            "`plugins.entries.codex.enabled`, `plugins.allow`, `appServer.command`, `url`,"
                    + " `authToken` and `headers`";

    private final Codex codex;

    StatusVerb(Codex codex) {
        this.codex = codex;
    }

    @Override
    public Syntax syntax() {
        return Syntax.bare("status", "the app-server, its models and account").forOwners();
    }

    @Override
    public CommandAnswer run(CommandCall call, Arguments arguments) {
        CodexStatus status = codex.status(Agent.of(call));
        Optional<String> unreachable = status.trouble().map(Troubles::words);
        if (unreachable.isPresent()) {
            return CommandAnswer.say(
                    "- App-server: unavailable: %s\n- Check: %s"
                            .formatted(unreachable.get(), TO_CHECK));
        }
        StringBuilder lines = new StringBuilder();
        lines.append("- App-server: ")
                .append(
                        status.isConnected()
                                ? "connected, version " + status.version().orElse("unknown")
                                : "unavailable; check " + TO_CHECK)
                .append('\n');
        line(lines, "Models", status.models(), StatusVerb::models);
        line(lines, "Account", status.account(), StatusVerb::account);
        if (isAccountUsed(status.account())) {
            line(lines, "Rate limits", status.rateLimits(), result -> limits(result.rateLimits()));
        } else {
            lines.append("- Rate limits: none known without an account\n");
        }
        line(lines, "MCP servers", status.mcpServers(), result -> "" + result.data().size());
        line(
                lines,
                "Skills",
                status.skills(),
                result ->
                        "%d enabled"
                                .formatted(
                                        result.data().stream()
                                                .flatMap(folder -> folder.skills().stream())
                                                .filter(skill -> skill.enabled())
                                                .count()));
        return CommandAnswer.say(lines.toString().strip());
    }

    private static <T> void line(
            StringBuilder lines, String label, Probe<T> probe, Function<T, String> words) {
        lines.append("- ")
                .append(label)
                .append(": ")
                .append(
                        switch (probe) {
                            case Probe.Answer<T>(T value) -> words.apply(value);
                            case Probe.Trouble<T>(var cause) -> Troubles.words(cause);
                        })
                .append('\n');
    }

    private static String models(List<ModelList.Model> models) {
        return models.stream()
                .limit(MODELS_MAX)
                .map(model -> Sanitised.code(model.id(), TEXT_CHARS_MAX))
                .collect(Collectors.joining(", "));
    }

    /** The limits belong to an account: without one the question is refused as not signed in. */
    private static boolean isAccountUsed(Probe<AccountRead.Result> account) {
        return !(account instanceof Probe.Answer<AccountRead.Result>(AccountRead.Result result))
                || result.account() != null
                || result.requiresOpenaiAuth();
    }

    private static String account(AccountRead.Result result) {
        Account account = result.account();
        if (account == null) {
            return result.requiresOpenaiAuth()
                    ? "not signed in; `chela models auth login --device-code` signs in"
                    : "none, and this provider needs none";
        }
        return switch (account) {
            case Account.ApiKey key -> "API key, billed per token";
            case Account.Chatgpt(var email, var plan) ->
                    Stream.of(email, plan)
                            .filter(text -> text != null)
                            .findFirst()
                            .map(text -> Sanitised.code(text, TEXT_CHARS_MAX))
                            .orElse("ChatGPT");
            case Account.Unknown other -> Sanitised.line(other.type(), TEXT_CHARS_MAX);
        };
    }

    private static String limits(RateLimits limits) {
        if (limits.rateLimitReachedType() != null) {
            return "reached";
        }
        String windows =
                Stream.of(limits.primary(), limits.secondary())
                        .filter(window -> window != null)
                        .map(window -> "%d%% left".formatted(100 - window.usedPercent()))
                        .collect(Collectors.joining(" · "));
        return windows.isEmpty() ? "none known" : windows;
    }
}
