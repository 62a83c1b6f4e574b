package dev.chela.harness.computeruse;

import java.util.Locale;

/** What a look at Computer Use came to; the codes are those of harness §16. */
public enum Reason {
    /** The config does not ask for it. */
    DISABLED,
    /** No marketplace that Codex knows has the plugin, or it cannot be told which one is meant. */
    MARKETPLACE_MISSING,
    PLUGIN_NOT_INSTALLED,
    /** It is installed and switched off in Codex. */
    PLUGIN_DISABLED,
    /** It is in OpenAI's catalogue, from where this app-server installs nothing. */
    REMOTE_INSTALL_UNSUPPORTED,
    /** Its MCP server is not there, does not start, or has no tools. */
    MCP_MISSING,
    READY,
    /** Codex could not be asked. */
    CHECK_FAILED,
    /** It would come from a source that a turn must not add. */
    AUTO_INSTALL_BLOCKED;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
