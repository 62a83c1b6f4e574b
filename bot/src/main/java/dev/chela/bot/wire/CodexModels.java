package dev.chela.bot.wire;

import dev.chela.commands.core.ModelMenu;
import dev.chela.harness.appserver.AppServerException;
import dev.chela.harness.appserver.protocol.ModelList;
import dev.chela.harness.codex.Codex;
import dev.chela.harness.codex.CodexAgents;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** The models of the default agent's app-server; empty while it cannot be reached. */
public final class CodexModels implements ModelMenu {

    private final Codex codex;
    private final CodexAgents agents;
    private final Supplier<String> defaultAgent;

    public CodexModels(Codex codex, CodexAgents agents, Supplier<String> defaultAgent) {
        this.codex = codex;
        this.agents = agents;
        this.defaultAgent = defaultAgent;
    }

    @Override
    public List<Entry> entries() {
        try {
            return codex.models(defaultAgent.get()).stream().map(CodexModels::entry).toList();
        } catch (AppServerException unreachable) {
            return List.of();
        }
    }

    @Override
    public Optional<String> resolve(String text) {
        List<Entry> entries = entries();
        String wish = bare(text.strip()).toLowerCase(Locale.ROOT);
        if (wish.matches("\\d{1,3}")) {
            int number = Integer.parseInt(wish);
            return number >= 1 && number <= entries.size()
                    ? Optional.of(entries.get(number - 1).id())
                    : Optional.empty();
        }
        return entries.stream()
                .map(Entry::id)
                .filter(id -> id.toLowerCase(Locale.ROOT).equals(wish))
                .findFirst();
    }

    @Override
    public String configured() {
        return agents.settings(defaultAgent.get()).model().orElse("Codex's default");
    }

    @Override
    public boolean acceptsUnknown() {
        try {
            return !codex.account(defaultAgent.get()).requiresOpenaiAuth();
        } catch (AppServerException unreachable) {
            return false;
        }
    }

    /** The name without the provider in front. */
    private static String bare(String reference) {
        return reference.substring(reference.indexOf('/') + 1);
    }

    private static Entry entry(ModelList.Model model) {
        return new Entry(model.id(), model.displayName(), model.isDefault());
    }
}
