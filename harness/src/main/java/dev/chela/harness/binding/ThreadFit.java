package dev.chela.harness.binding;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether a bound thread serves the next turn: the checks of harness §6 in their order, of which
 * the first mismatch decides. Everything that {@code turn/start} carries (model, folder, policy,
 * sandbox, tier) is no reason to give a thread up.
 */
public final class ThreadFit {

    /** The input that is named when a thread was given up for its size. */
    public static final String TOO_LARGE = "maxActiveTranscriptBytes";

    /** The input that is named when a thread was given up because the window is full. */
    public static final String FULL = "contextTokens";

    /** The input that is named when Codex refused to load a thread. */
    public static final String RESUME_REFUSED = "resumeRefused";

    /** The input that is named when a turn goes without Codex's own tools. */
    public static final String NATIVE_TOOLS = "nativeTools";

    /** What to do with a bound thread. */
    public sealed interface Verdict {

        /** It serves. */
        record Keep() implements Verdict {}

        /** It is given up for good; {@code input} is the fact that changed. */
        record Replace(String input) implements Verdict {}

        /** It is kept, but this turn runs on another one. */
        record Temporary(String input) implements Verdict {}
    }

    private final Map<String, String> then;
    private final ThreadNeeds now;

    private ThreadFit(Map<String, String> then, ThreadNeeds now) {
        this.then = then;
        this.now = now;
    }

    /**
     * Compares what the thread was begun with to what is needed. A fact that neither has is none:
     * of what the config does not set, or Chela does not have, there is no fingerprint.
     */
    public static Verdict of(Map<String, String> facts, ThreadNeeds needs) {
        return facts.containsKey(Facts.CHOSEN)
                ? new Verdict.Keep()
                : new ThreadFit(facts, needs).verdict();
    }

    private Verdict verdict() {
        return changed(Facts.RUNTIME)
                .or(() -> changed(Facts.MCP_SET, Restriction.FEWER_TOOLS))
                .or(() -> changed(Facts.WEB_SEARCH, Restriction.NO_WEB_SEARCH))
                .or(this::nativeTools)
                .or(() -> changed(Facts.CONTEXT_ENGINE))
                .or(() -> changed(Facts.USER_MCP))
                .or(() -> changed(Facts.ENVIRONMENT))
                .or(() -> changed(Facts.PROXY_PROFILE))
                .or(() -> changed(Facts.PROXY))
                .or(() -> changed(Facts.PLUGIN_APPS))
                .or(() -> changed(Facts.DEFERRED, Restriction.NO_TOOLS))
                .or(() -> changed(Facts.TOOLS, Restriction.NO_TOOLS))
                .or(this::size)
                .orElseGet(Verdict.Keep::new);
    }

    /**
     * @param passing with which of these it is not the thread that changed, but this turn
     */
    private Optional<Verdict> changed(String fact, Restriction... passing) {
        if (isUnknown(fact) || Objects.equals(then.get(fact), now.facts().get(fact))) {
            return Optional.empty();
        }
        boolean forOneTurn = Arrays.stream(passing).anyMatch(now.restrictions()::contains);
        return Optional.of(forOneTurn ? new Verdict.Temporary(fact) : new Verdict.Replace(fact));
    }

    private Optional<Verdict> nativeTools() {
        return now.restrictions().contains(Restriction.NO_NATIVE_TOOLS)
                ? Optional.of(new Verdict.Temporary(NATIVE_TOOLS))
                : Optional.empty();
    }

    private Optional<Verdict> size() {
        if (now.isTooLarge()) {
            return Optional.of(new Verdict.Replace(TOO_LARGE));
        }
        return now.full() ? Optional.of(new Verdict.Replace(FULL)) : Optional.empty();
    }

    /**
     * Older bindings do not say which server, nor which MCP servers there were beside how they are
     * written; whether a model searches can be unclear now.
     */
    private boolean isUnknown(String fact) {
        return switch (fact) {
            case Facts.RUNTIME -> !then.containsKey(fact);
            case Facts.MCP_SET -> !then.containsKey(fact) || !now.facts().containsKey(fact);
            case Facts.DEFERRED -> !now.facts().containsKey(fact);
            default -> false;
        };
    }
}
