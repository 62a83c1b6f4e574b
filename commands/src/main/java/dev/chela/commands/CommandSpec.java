package dev.chela.commands;

import java.util.List;

/**
 * What help, menus and the parser know of a command.
 *
 * @param name without the slash, lower case
 * @param arguments the syntax of what follows, empty when nothing may
 * @param summary one line for people
 */
public record CommandSpec(
        String name,
        List<String> aliases,
        String arguments,
        String summary,
        Group group,
        Kind kind,
        Authority authority) {

    /** Where help lists it. */
    public enum Group {
        SESSION,
        CODEX,
        SAFETY,
        INFORMATION
    }

    /** How it may stand in a message (commands §1.1). */
    public enum Kind {
        /** Must be the whole message. */
        STANDALONE,
        /** May stand in prose, then it applies to that message only; alone it is stored. */
        DIRECTIVE,
        /** May stand in prose; answered at once, the rest goes on as a prompt. */
        INLINE
    }

    /** Who may run it. */
    public enum Authority {
        AUTHORIZED,
        OWNER
    }

    public CommandSpec {
        aliases = List.copyOf(aliases);
    }

    /** A stand-alone command for every authorized sender. */
    public static CommandSpec of(String name, String arguments, String summary, Group group) {
        return new CommandSpec(
                name, List.of(), arguments, summary, group, Kind.STANDALONE, Authority.AUTHORIZED);
    }

    public CommandSpec withAliases(String... others) {
        return new CommandSpec(name, List.of(others), arguments, summary, group, kind, authority);
    }

    public CommandSpec as(Kind other) {
        return new CommandSpec(name, aliases, arguments, summary, group, other, authority);
    }

    public CommandSpec forOwners() {
        return new CommandSpec(name, aliases, arguments, summary, group, kind, Authority.OWNER);
    }

    /** {@code /name arguments}. */
    public String usage() {
        return arguments.isEmpty() ? "/" + name : "/" + name + " " + arguments;
    }
}
