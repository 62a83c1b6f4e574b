package dev.chela.commands;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Every command by its name and aliases. */
public final class CommandRegistry {

    private final Map<String, Command> byName = new LinkedHashMap<>();
    private final List<Command> commands;

    /**
     * Takes the commands in the order help shows them.
     *
     * @throws IllegalArgumentException if two claim one name
     */
    public CommandRegistry(Collection<? extends Command> commands) {
        this.commands = List.copyOf(commands);
        for (Command command : this.commands) {
            claim(command.spec().name(), command);
            command.spec().aliases().forEach(alias -> claim(alias, command));
        }
    }

    /** Finds a command by name or alias, in any case. */
    public Optional<Command> find(String name) {
        return Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT)));
    }

    public List<Command> all() {
        return commands;
    }

    private void claim(String name, Command command) {
        Command other = byName.putIfAbsent(name, command);
        if (other != null) {
            throw new IllegalArgumentException(
                    "command name /%s is claimed by /%s and /%s"
                            .formatted(name, other.spec().name(), command.spec().name()));
        }
    }
}
