package dev.chela.harness.codex;

import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.Place;
import dev.chela.harness.appserver.RpcRefusal;
import dev.chela.harness.appserver.protocol.ThreadOpened;
import dev.chela.harness.binding.Facts;
import dev.chela.harness.binding.Restriction;
import dev.chela.harness.binding.ThreadNeeds;
import dev.chela.harness.binding.ThreadSetup;
import dev.chela.harness.session.Binding;
import dev.chela.harness.tools.Fingerprint;
import dev.chela.harness.tools.ToolLoading;
import dev.chela.harness.tools.ToolRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts together what a binding remembers of its thread, and what the next turn needs of it. */
final class ThreadFacts {

    private static final String SCHEMA = "2";

    private ThreadFacts() {}

    /** What the server says of a thread that it opened. */
    static Map<String, String> opened(ThreadOpened opened, AppServer server) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(Facts.SCHEMA, SCHEMA);
        put(facts, Facts.FOLDER, opened.cwd());
        put(facts, Facts.MODEL, opened.model());
        put(facts, Facts.MODEL_PROVIDER, opened.modelProvider());
        put(
                facts,
                Facts.APPROVALS,
                opened.approvalPolicy() == null ? null : opened.approvalPolicy().value());
        put(facts, Facts.SANDBOX, opened.sandbox() == null ? null : opened.sandbox().type());
        put(facts, Facts.SERVICE_TIER, opened.serviceTier());
        put(facts, Facts.ROLLOUT, opened.thread().path());
        put(facts, Facts.SERVER, server.version().toString());
        return facts;
    }

    /** The fingerprints that a thread would have if it were begun now. */
    static Map<String, String> fingerprints(
            AppServer server, CodexSettings settings, ToolRegistry tools, ToolLoading loading) {
        Map<String, String> facts = new LinkedHashMap<>(settings.setup().facts());
        String runtime = facts.getOrDefault(Facts.RUNTIME, ThreadSetup.LOCAL);
        // A newer version of our own server takes up the threads of the older one.
        facts.put(
                Facts.RUNTIME,
                runtime.equals(ThreadSetup.LOCAL)
                        ? runtime
                        : Fingerprint.of(List.of(runtime, server.version().toString())));
        facts.put(Facts.TOOLS, tools.fingerprint());
        facts.put(Facts.DEFERRED, Boolean.toString(!tools.deferred(loading).isEmpty()));
        return facts;
    }

    /** How tools reach the model; empty {@code searches} is not known. */
    static ToolLoading loading(
            AppServer server, CodexSettings settings, Optional<Boolean> searches) {
        return server.place() != Place.REMOTE && searches.orElse(true)
                ? settings.toolLoading()
                : ToolLoading.DIRECT;
    }

    static ThreadNeeds needs(
            Map<String, String> fingerprints,
            Binding binding,
            CodexSettings settings,
            ToolRegistry tools,
            boolean full) {
        long max = settings.setup().transcriptBytesMax();
        return new ThreadNeeds(
                fingerprints,
                tools.offered(ToolLoading.DIRECT).isEmpty()
                        ? Set.of(Restriction.NO_TOOLS)
                        : Set.of(),
                max > 0 ? bytes(binding.facts().get(Facts.ROLLOUT)) : 0,
                max,
                full);
    }

    /**
     * What the binding becomes when Codex has accepted a turn with these settings; empty if that is
     * what it is.
     */
    static Optional<Map<String, String>> onceAccepted(
            Binding binding,
            AppServer server,
            CodexSettings settings,
            Map<String, String> fingerprints) {
        Map<String, String> facts = new HashMap<>(binding.facts());
        facts.remove(Facts.UNUSED);
        facts.remove(Facts.INTERRUPTED);
        facts.remove(Facts.TEMPORARY);
        facts.put(Facts.SERVER, server.version().toString());
        facts.remove(Facts.HOOKS);
        facts.putAll(ofHooks(settings));
        if (!facts.containsKey(Facts.CHOSEN)) {
            facts.put(Facts.SCHEMA, SCHEMA);
            facts.putAll(fingerprints);
            facts.put(Facts.FOLDER, settings.workspace().toString());
            settings.model().ifPresent(model -> facts.put(Facts.MODEL, model));
            facts.put(Facts.APPROVALS, settings.policy().approval().value());
            if (!settings.setup().ownPermissions()) {
                facts.put(
                        Facts.SANDBOX,
                        settings.policy().turnSandbox(settings.folderThere()).type());
            }
            settings.serviceTier().ifPresent(tier -> facts.put(Facts.SERVICE_TIER, tier));
        }
        return facts.equals(binding.facts()) ? Optional.empty() : Optional.of(facts);
    }

    /** The hooks that a thread of these settings has once it was loaded with them. */
    static Map<String, String> ofHooks(CodexSettings settings) {
        Map<String, String> facts = new HashMap<>(settings.setup().facts());
        facts.keySet().retainAll(Set.of(Facts.HOOKS, Facts.HOOK_GENERATION));
        return facts;
    }

    /** What a person chose with a thread; it outlives that thread. */
    static Map<String, String> ofChoice(Binding old) {
        Map<String, String> facts = new HashMap<>(old.facts());
        facts.keySet().retainAll(Set.of(Facts.CHOSEN, Facts.FOLDER, Facts.MODEL));
        return facts.containsKey(Facts.CHOSEN) ? facts : Map.of();
    }

    /** Gone for good; anything else may pass, and what was said there is not given up for it. */
    static boolean isLost(RpcRefusal refusal, Binding bound) {
        return switch (refusal) {
            case NO_SUCH_THREAD, UNREADABLE_THREAD -> true;
            case ACTIVE_WRITER, OVERLOADED, SIGN_IN_REQUIRED -> false;
            case UNKNOWN_METHOD,
                    UNSUPPORTED,
                    INPUT_TOO_LARGE,
                    NOT_STEERABLE,
                    NO_ACTIVE_TURN,
                    OTHER_TURN,
                    OTHER ->
                    bound.facts().containsKey(Facts.UNUSED);
        };
    }

    /** How large a thread on this machine is; 0 if it cannot be seen. */
    private static long bytes(@Nullable String rollout) {
        try {
            return rollout == null ? 0 : Files.size(Path.of(rollout));
        } catch (IOException | InvalidPathException e) {
            return 0;
        }
    }

    private static void put(Map<String, String> facts, String name, @Nullable String value) {
        if (value != null) {
            facts.put(name, value);
        }
    }
}
