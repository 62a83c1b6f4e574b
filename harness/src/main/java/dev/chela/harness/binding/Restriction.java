package dev.chela.harness.binding;

/**
 * What a single turn goes without. A thread that differs only in this is not given up: the turn
 * runs on another one (harness §6, the rows marked <i>transient</i>).
 */
public enum Restriction {

    /** No tool of ours is offered. */
    NO_TOOLS,

    /** Some tools are kept from the turn, those of MCP servers among them. */
    FEWER_TOOLS,

    /** Codex's own tools are switched off. */
    NO_NATIVE_TOOLS,

    /** It may not search the web, or nobody can tell whether its provider does. */
    NO_WEB_SEARCH
}
