package dev.chela.harness.binding;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What of the config a thread is begun with and a turn cannot change.
 *
 * @param config a patch of Codex's config that goes with every start and resume: it is not part of
 *     the thread
 * @param facts the fingerprints of what is in it, and of the server it is for
 * @param ownPermissions whether the patch brings a permission profile; a sandbox sent beside it
 *     would switch it off
 * @param transcriptBytesMax from where on a thread is too large to go on with; 0 sets no limit
 * @param tokensReserved how much of the model's window a turn must find free
 * @param folders present where the workspace is called otherwise on the server's machine
 */
public record ThreadSetup(
        Map<String, Object> config,
        Map<String, String> facts,
        boolean ownPermissions,
        long transcriptBytesMax,
        long tokensReserved,
        Optional<Folders> folders) {

    /** What {@link Facts#RUNTIME} says of a server that Chela runs on this machine. */
    public static final String LOCAL = "local";

    /** What {@code agents.defaults.compaction} keeps free where it says nothing. */
    private static final long TOKENS_RESERVED = 20_000;

    public ThreadSetup {
        config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
        facts = Map.copyOf(facts);
    }

    /** What a config that says nothing makes of it. */
    public static ThreadSetup none() {
        return new ThreadSetup(
                Map.of(),
                Map.of(Facts.RUNTIME, LOCAL, Facts.MCP_SET, McpPatch.NO_SERVER),
                false,
                0,
                TOKENS_RESERVED,
                Optional.empty());
    }

    /**
     * The same for the thread of a side question, which only reads: no MCP servers, of which each
     * thread starts its own, no permission profile that writes, and nothing that works on or asks
     * people when its turn is over.
     */
    public ThreadSetup aside() {
        Map<String, Object> patch = new LinkedHashMap<>(config);
        patch.keySet().removeIf(key -> key.startsWith(McpPatch.SERVERS));
        patch.keySet().removeAll(NetworkProxyPatch.KEYS);
        patch.put("features.goals", false);
        patch.put("features.multi_agent", false);
        patch.put("features.default_mode_request_user_input", false);
        return new ThreadSetup(patch, facts, false, transcriptBytesMax, tokensReserved, folders);
    }

    /**
     * The same with hooks of Codex.
     *
     * @param hooks the whole object of Codex's config
     * @param generation what their commands name
     * @param enforced whether a turn must not run without them
     */
    public ThreadSetup withHooks(Map<String, Object> hooks, String generation, boolean enforced) {
        Map<String, Object> patch = new LinkedHashMap<>(config);
        patch.put("hooks", hooks);
        Map<String, String> more = new LinkedHashMap<>(facts);
        more.put(Facts.HOOK_GENERATION, generation);
        if (enforced) {
            more.put(Facts.HOOKS, Digest.of(hooks));
        }
        return new ThreadSetup(
                patch, more, ownPermissions, transcriptBytesMax, tokensReserved, folders);
    }

    /** Whether hooks enforce something. */
    public boolean isGuarded() {
        return facts.containsKey(Facts.HOOKS);
    }

    /**
     * Whether a thread that is in a server's memory lacks hooks that it must have: it keeps those
     * that it was loaded with.
     *
     * @param then what the binding remembers
     */
    public boolean isUnguarded(Map<String, String> then) {
        return isGuarded() && !Objects.equals(facts.get(Facts.HOOKS), then.get(Facts.HOOKS));
    }

    /** The same for a server on whose machine folders have these names. */
    public ThreadSetup with(Optional<Folders> there) {
        return new ThreadSetup(
                config, facts, ownPermissions, transcriptBytesMax, tokensReserved, there);
    }
}
