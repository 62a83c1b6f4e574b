package dev.chela.harness.codex;

import dev.chela.harness.appserver.protocol.ThreadOpened;
import dev.chela.harness.tools.ToolLoading;
import dev.chela.harness.tools.ToolRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a binding remembers of how its thread was started, and what of it must still hold. */
final class Facts {

    static final String FOLDER = "cwd";
    static final String MODEL = "model";
    static final String MODEL_PROVIDER = "modelProvider";
    static final String APPROVALS = "approvalPolicy";
    static final String SANDBOX = "sandbox";
    static final String TOOLS = "dynamicToolsFingerprint";
    static final String DEFERRED = "dynamicToolsContainDeferred";
    static final String SERVER = "serverVersion";

    /** Why the thread before this one was given up; shown by status. */
    static final String REPLACED = "replacedBecause";

    /** Set where a person chose the thread: its tools are what they are. */
    static final String CHOSEN = "chosen";

    /** Why the last turn was interrupted, when no person asked for it. */
    static final String INTERRUPTED = "interruptedBy";

    private Facts() {}

    static Map<String, String> of(
            ThreadOpened opened, String version, ToolRegistry tools, ToolLoading loading) {
        Map<String, String> facts = opened(opened, version);
        facts.put(TOOLS, tools.fingerprint());
        facts.put(DEFERRED, Boolean.toString(!tools.deferred(loading).isEmpty()));
        return facts;
    }

    /** What the server says of a thread that it opened. */
    static Map<String, String> opened(ThreadOpened opened, String version) {
        Map<String, String> facts = new LinkedHashMap<>();
        put(facts, FOLDER, opened.cwd());
        put(facts, MODEL, opened.model());
        put(facts, MODEL_PROVIDER, opened.modelProvider());
        put(
                facts,
                APPROVALS,
                opened.approvalPolicy() == null ? null : opened.approvalPolicy().value());
        put(facts, SANDBOX, opened.sandbox() == null ? null : opened.sandbox().type());
        put(facts, SERVER, version);
        return facts;
    }

    /** The first fact that no longer holds, so that the thread has to be replaced. */
    static Optional<String> broken(
            Map<String, String> facts, ToolRegistry tools, ToolLoading loading) {
        if (facts.containsKey(CHOSEN)) {
            return Optional.empty();
        }
        if (!Objects.equals(facts.get(TOOLS), tools.fingerprint())) {
            return Optional.of(TOOLS);
        }
        String deferred = Boolean.toString(!tools.deferred(loading).isEmpty());
        return Objects.equals(facts.get(DEFERRED), deferred)
                ? Optional.empty()
                : Optional.of(DEFERRED);
    }

    private static void put(Map<String, String> facts, String name, @Nullable String value) {
        if (value != null) {
            facts.put(name, value);
        }
    }
}
