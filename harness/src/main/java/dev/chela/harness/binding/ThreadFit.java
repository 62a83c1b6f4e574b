package dev.chela.harness.binding;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    private ThreadFit() {}

    /** What to do with a bound thread. */
    public sealed interface Verdict {

        /** It serves. */
        record Keep() implements Verdict {}

        /** It is given up for good; {@code input} is the fact that changed. */
        record Replace(String input) implements Verdict {}

        /** It is kept, but this turn runs on another one. */
        record Temporary(String input) implements Verdict {}
    }

    /**
     * Compares what the thread was begun with to what is needed. A fact that neither has is none:
     * of what the config does not set there is no fingerprint.
     */
    public static Verdict of(Map<String, String> facts, ThreadNeeds needs) {
        if (facts.containsKey(Facts.CHOSEN)) {
            return new Verdict.Keep();
        }
        return changed(facts, needs, Facts.RUNTIME)
                .or(() -> changed(facts, needs, Facts.WEB_SEARCH))
                .or(() -> changed(facts, needs, Facts.USER_MCP))
                .or(() -> changed(facts, needs, Facts.PROXY_PROFILE))
                .or(() -> changed(facts, needs, Facts.PROXY))
                .<Verdict>map(Verdict.Replace::new)
                .or(() -> tools(facts, needs))
                .or(() -> size(needs))
                .orElseGet(Verdict.Keep::new);
    }

    private static Optional<Verdict> tools(Map<String, String> facts, ThreadNeeds needs) {
        if (needs.toolless()) {
            return changed(facts, needs, Facts.TOOLS).map(Verdict.Temporary::new);
        }
        return changed(facts, needs, Facts.DEFERRED)
                .or(() -> changed(facts, needs, Facts.TOOLS))
                .map(Verdict.Replace::new);
    }

    private static Optional<Verdict> size(ThreadNeeds needs) {
        if (needs.isTooLarge()) {
            return Optional.of(new Verdict.Replace(TOO_LARGE));
        }
        return needs.full() ? Optional.of(new Verdict.Replace(FULL)) : Optional.empty();
    }

    private static Optional<String> changed(
            Map<String, String> facts, ThreadNeeds needs, String name) {
        @Nullable String now = needs.facts().get(name);
        @Nullable String then = facts.get(name);
        return isUnknown(name, then, now) || Objects.equals(then, now)
                ? Optional.empty()
                : Optional.of(name);
    }

    /** Older bindings do not say which server; whether a model searches can be unclear now. */
    private static boolean isUnknown(String name, @Nullable String then, @Nullable String now) {
        return (name.equals(Facts.RUNTIME) && then == null)
                || (name.equals(Facts.DEFERRED) && now == null);
    }
}
