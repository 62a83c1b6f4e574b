package dev.chela.commands;

import java.util.List;

/** A command that may stand inside a message and knows which of the words after it are its own. */
public interface Directive extends Command {

    /** How many of the words that follow its name belong to it. */
    int takes(List<String> following);
}
