package dev.chela.commands;

/** Something a person can ask the bot itself by its name. */
public interface Command {

    CommandSpec spec();

    /**
     * Runs it on a virtual thread of its own. Never throws for what was typed: that is an answer
     * with the usage. A {@link CommandException} becomes one line for the person.
     */
    CommandAnswer run(CommandCall call);

    /** Whether this caller may run it even without the right to give commands. */
    default boolean isOpenTo(CommandCall call) {
        return false;
    }
}
