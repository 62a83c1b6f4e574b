package dev.chela.harness.binding;

/** The names of the facts that a binding remembers of its thread. */
public final class Facts {

    /** How the facts are to be read; bindings without it were written before the fingerprints. */
    public static final String SCHEMA = "schemaVersion";

    public static final String FOLDER = "cwd";
    public static final String MODEL = "model";
    public static final String MODEL_PROVIDER = "modelProvider";
    public static final String APPROVALS = "approvalPolicy";
    public static final String SANDBOX = "sandbox";
    public static final String SERVICE_TIER = "serviceTier";

    /** The version of the server that last ran a turn there. */
    public static final String SERVER = "serverVersion";

    /** Where the server keeps the thread, as the server says. */
    public static final String ROLLOUT = "rolloutPath";

    /** Which server: ours on this machine, or which one elsewhere. */
    public static final String RUNTIME = "appServerRuntimeFingerprint";

    /** Which MCP servers the agent has of the config, by name. */
    public static final String MCP_SET = "mcpServersFingerprint";

    public static final String WEB_SEARCH = "webSearchThreadConfigFingerprint";

    /** Id, epoch and policy of what assembles the context, where something does. */
    public static final String CONTEXT_ENGINE = "contextEngine";

    /** How each MCP server of the config is written. */
    public static final String USER_MCP = "userMcpServersFingerprint";

    /** The environments that a thread was begun in, where some were chosen. */
    public static final String ENVIRONMENT = "environmentSelectionFingerprint";

    public static final String PROXY_PROFILE = "networkProxyProfileName";
    public static final String PROXY = "networkProxyConfigFingerprint";

    /** The apps of native plugins, where they are configured. */
    public static final String PLUGIN_APPS = "pluginAppsFingerprint";

    /** What the commands of the thread's hooks name; outlives the bot. */
    public static final String HOOK_GENERATION = "nativeHookRelayGeneration";

    /** The hooks that it was loaded with, where they enforce something. */
    public static final String HOOKS = "nativeHooksFingerprint";

    public static final String TOOLS = "dynamicToolsFingerprint";
    public static final String DEFERRED = "dynamicToolsContainDeferred";

    /** Which input made the thread before this one useless; shown by status. */
    public static final String REPLACED = "replacedBecause";

    /** When that was, ISO-8601. */
    public static final String REPLACED_AT = "replacedAt";

    /** What became of the talk before: a {@link Replacement.Context}. */
    public static final String CONTEXT = "replacedContext";

    /** The turn whose answer told the person. */
    public static final String TOLD = "replacementToldBy";

    /** Set while the thread never had a turn: a new process may not be able to resume it. */
    public static final String UNUSED = "unused";

    /** The thread that the running turn uses in place of the bound one. */
    public static final String TEMPORARY = "temporaryThread";

    /** Set where a person chose the thread: its tools are what they are. */
    public static final String CHOSEN = "chosen";

    /** Why the last turn was interrupted, when no person asked for it. */
    public static final String INTERRUPTED = "interruptedBy";

    private Facts() {}
}
