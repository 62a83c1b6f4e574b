package dev.chela.commands.core;

import dev.chela.harness.session.Usage;
import java.util.Locale;

/** Says what a session has used. */
final class UsageWords {

    private static final int KILO = 1_000;
    private static final int MEGA = 1_000_000;
    private static final int PERCENT = 100;

    private UsageWords() {}

    static String of(Usage usage) {
        StringBuilder said = new StringBuilder(brief(usage.context()));
        if (usage.contextWindow() > 0) {
            said.append(
                    " of %s tokens (%d%%)"
                            .formatted(
                                    brief(usage.contextWindow()),
                                    usage.context() * PERCENT / usage.contextWindow()));
        } else {
            said.append(" tokens");
        }
        said.append("; in ").append(brief(usage.input()));
        if (usage.cached() > 0) {
            said.append(" (%s cached)".formatted(brief(usage.cached())));
        }
        said.append(", out ").append(brief(usage.output()));
        if (usage.compactions() > 0) {
            said.append(
                    ", compacted %d time%s"
                            .formatted(usage.compactions(), usage.compactions() == 1 ? "" : "s"));
        }
        return said.toString();
    }

    private static String brief(long tokens) {
        if (tokens < KILO) {
            return Long.toString(tokens);
        }
        return tokens < MEGA
                ? String.format(Locale.ROOT, "%.1fk", tokens / (double) KILO)
                : String.format(Locale.ROOT, "%.1fM", tokens / (double) MEGA);
    }
}
