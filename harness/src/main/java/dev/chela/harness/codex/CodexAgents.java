package dev.chela.harness.codex;

/** The newest settings of each agent; asked once at the beginning of a turn. */
@FunctionalInterface
public interface CodexAgents {

    CodexSettings settings(String agentId);
}
