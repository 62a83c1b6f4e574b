package dev.chela.commands.codex;

import dev.chela.commands.CommandAnswer;
import dev.chela.commands.CommandCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One verb of {@code /codex}. */
interface Subcommand {

    Syntax syntax();

    CommandAnswer run(CommandCall call, Arguments arguments);

    /**
     * How a verb is written.
     *
     * @param arguments what help shows after the verb
     * @param options the options that take a value, each spelling with the name it is kept under
     * @param wordsMin fewest words besides options
     * @param wordsMax most words besides options
     * @param message whether everything after the verb is one message, taken as it is
     * @param owner whether only an owner may (commands §2.2)
     */
    record Syntax(
            String verb,
            List<String> aliases,
            String arguments,
            String summary,
            Map<String, String> options,
            int wordsMin,
            int wordsMax,
            boolean message,
            boolean owner) {

        public Syntax {
            aliases = List.copyOf(aliases);
            options = Map.copyOf(options);
        }

        /** A verb without arguments. */
        static Syntax bare(String verb, String summary) {
            return new Syntax(verb, List.of(), "", summary, Map.of(), 0, 0, false, false);
        }

        Syntax words(String shown, int min, int max) {
            return new Syntax(verb, aliases, shown, summary, options, min, max, message, owner);
        }

        /** Words of a person, not of a command. */
        Syntax message(String shown) {
            return new Syntax(
                    verb, aliases, shown, summary, options, 1, Integer.MAX_VALUE, true, owner);
        }

        /** Options that take a value. */
        Syntax options(String... names) {
            Map<String, String> all = new HashMap<>(options);
            List.of(names).forEach(name -> all.put(name, name));
            return withOptions(all);
        }

        /** Another spelling of an option. */
        Syntax alsoSpelled(String name, String other) {
            Map<String, String> all = new HashMap<>(options);
            all.put(other, name);
            return withOptions(all);
        }

        Syntax alias(String other) {
            return new Syntax(
                    verb,
                    List.of(other),
                    arguments,
                    summary,
                    options,
                    wordsMin,
                    wordsMax,
                    message,
                    owner);
        }

        Syntax forOwners() {
            return new Syntax(
                    verb, aliases, arguments, summary, options, wordsMin, wordsMax, message, true);
        }

        String usage() {
            List<String> names = new ArrayList<>(List.of(verb));
            names.addAll(aliases);
            String written = "/codex " + String.join("|", names);
            return arguments.isEmpty() ? written : written + " " + arguments;
        }

        private Syntax withOptions(Map<String, String> all) {
            return new Syntax(
                    verb, aliases, arguments, summary, all, wordsMin, wordsMax, message, owner);
        }
    }
}
