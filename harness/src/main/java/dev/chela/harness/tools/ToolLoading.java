package dev.chela.harness.tools;

/** How tools reach the model ({@code codexDynamicToolsLoading}). */
public enum ToolLoading {
    /** Found by the model's tool search, but for the few that are always direct. */
    SEARCHABLE,
    /** All in the model's list. */
    DIRECT
}
