package dev.chela.commands;

import java.util.List;

/** What a message turned out to be. */
public sealed interface Reading {

    /** A command and what follows it. */
    record Found(Command command, String arguments) {}

    /** The whole message is one command. */
    record Standalone(Found found) implements Reading {}

    /** A slash word that is no command of ours. */
    record UnknownCommand(String name) implements Reading {}

    /**
     * Words for the agent.
     *
     * @param text without the commands; empty when there was nothing else
     * @param directives to apply to this message, or to store when {@code text} is empty
     * @param shortcuts to answer at once
     */
    record Prose(String text, List<Found> directives, List<Found> shortcuts) implements Reading {

        public Prose {
            directives = List.copyOf(directives);
            shortcuts = List.copyOf(shortcuts);
        }
    }
}
