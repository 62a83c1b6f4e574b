package dev.chela.harness.binding;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last time that a session's thread was given up for a new one.
 *
 * @param input the fact or event that caused it
 */
public record Replacement(String input, Optional<Instant> at, Context context) {

    /** What the new thread was told of the talk before. */
    public enum Context {
        /** Nothing had been said. */
        NONE,
        /** All of it. */
        WHOLE,
        /** Only the newest part fitted. */
        SHORTENED,
        /** Nothing, though there was something. */
        LOST
    }

    /** What the facts of a binding say; empty if its thread is the first. */
    public static Optional<Replacement> of(Map<String, String> facts) {
        return Optional.ofNullable(facts.get(Facts.REPLACED))
                .map(
                        input ->
                                new Replacement(
                                        input,
                                        instant(facts.get(Facts.REPLACED_AT)),
                                        context(facts.get(Facts.CONTEXT))));
    }

    /** The same as facts. */
    public Map<String, String> facts() {
        String how = context.name().toLowerCase(Locale.ROOT);
        return at.map(
                        when ->
                                Map.of(
                                        Facts.REPLACED, input,
                                        Facts.REPLACED_AT, when.toString(),
                                        Facts.CONTEXT, how))
                .orElseGet(() -> Map.of(Facts.REPLACED, input, Facts.CONTEXT, how));
    }

    /** One line for the person whose conversation it is. */
    public String notice() {
        String before =
                switch (context) {
                    case NONE -> "";
                    case WHOLE -> " What was said before was handed over to it.";
                    case SHORTENED -> " Only the newest part of what was said before fitted in.";
                    case LOST -> " What was said before could not be handed over.";
                };
        return "This conversation goes on in a new Codex thread because %s.%s"
                .formatted(because(), before);
    }

    private String because() {
        return switch (input) {
            case Facts.RUNTIME -> "another Codex server is used now";
            case Facts.WEB_SEARCH -> "the settings for web search changed";
            case Facts.MCP_SET -> "other MCP servers are in the config";
            case Facts.CONTEXT_ENGINE -> "its context is put together in another way";
            case Facts.ENVIRONMENT -> "another environment was chosen";
            case Facts.PLUGIN_APPS -> "the apps of native plugins changed";
            case Facts.USER_MCP -> "the MCP servers in the config changed";
            case Facts.PROXY, Facts.PROXY_PROFILE -> "the network rules in the config changed";
            case Facts.DEFERRED, Facts.TOOLS -> "the agent's tools changed";
            case Facts.HOOKS -> "the rules for Codex's tools in the config changed";
            case ThreadFit.TOO_LARGE -> "the old one had grown too large";
            case ThreadFit.FULL -> "the old one filled the model's window";
            case ThreadFit.RESUME_REFUSED -> "Codex could not open the old one any more";
            default -> input + " changed";
        };
    }

    private static Optional<Instant> instant(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Context context(@Nullable String text) {
        for (Context one : Context.values()) {
            if (one.name().equalsIgnoreCase(text)) {
                return one;
            }
        }
        return Context.NONE;
    }
}
