package dev.chela.channels.web;

/**
 * A command the page suggests while the person types.
 *
 * @param name as it is typed, {@code /codex}
 * @param usage the command with its arguments, {@code /codex resume <thread>}
 */
public record SlashCommand(String name, String usage, String summary) {

    public SlashCommand {
        if (!usage.startsWith(name) || !name.startsWith("/")) {
            throw new IllegalArgumentException(
                    "a command is suggested as it is typed, not as %s with %s"
                            .formatted(name, usage));
        }
    }
}
