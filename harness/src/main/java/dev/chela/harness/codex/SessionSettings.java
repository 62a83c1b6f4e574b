package dev.chela.harness.codex;

import dev.chela.harness.SessionKey;
import dev.chela.harness.binding.Facts;
import dev.chela.harness.session.Binding;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What a session's turns run with now. */
final class SessionSettings {

    private final CodexAgents agents;
    private final Threads threads;
    private final ThreadGuard guard;

    SessionSettings(CodexAgents agents, Threads threads, ThreadGuard guard) {
        this.agents = agents;
        this.threads = threads;
        this.guard = guard;
    }

    /**
     * The agent's settings, but a thread that a person chose keeps its own folder and model.
     *
     * @param model chosen for the session or the message, as the config writes models
     */
    CodexSettings of(SessionKey session, Optional<String> model) {
        CodexSettings usual = agents.settings(Sessions.agent(session));
        CodexSettings settings = threads.claim(session).map(usual::ofBound).orElse(usual);
        Map<String, String> facts = threads.binding(session).map(Binding::facts).orElse(Map.of());
        if (facts.containsKey(Facts.CHOSEN)) {
            if (facts.containsKey(Facts.FOLDER)) {
                settings = settings.in(Path.of(facts.get(Facts.FOLDER)));
            }
            if (facts.containsKey(Facts.MODEL)) {
                settings = settings.withModel(facts.get(Facts.MODEL));
            }
        }
        CodexSettings chosen =
                model.map(ModelNames::codex).map(settings::withModel).orElse(settings);
        return guard.on(session, chosen, facts);
    }
}
