package dev.chela.channels.web;

/**
 * A command the page suggests while the person types.
 *
 * @param usage the command with its arguments, {@code /codex resume <thread>}
 */
public record SlashCommand(String name, String usage, String summary) {}
