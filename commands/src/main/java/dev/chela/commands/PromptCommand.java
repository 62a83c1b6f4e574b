package dev.chela.commands;

/**
 * A command whose arguments may become a prompt. The inbox keeps what was typed; whoever reads it
 * for a turn asks the command again, so the answer must depend on nothing but the arguments.
 */
public interface PromptCommand extends Command {

    /** The words for the agent in {@code arguments}; empty when there are none. */
    String promptOf(String arguments);
}
