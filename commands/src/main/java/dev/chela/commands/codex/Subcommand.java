package dev.chela.commands.codex;

import dev.chela.commands.CommandAnswer;
import dev.chela.commands.CommandCall;
import java.util.List;
import java.util.Set;

/** One verb of {@code /codex}. */
interface Subcommand {

    Syntax syntax();

    CommandAnswer run(CommandCall call, Arguments arguments);

    /**
     * How a verb is written.
     *
     * @param arguments what help shows after the verb
     * @param options the options that take a value, {@code --cwd}, each spelling of it
     * @param wordsMin fewest words besides options
     * @param wordsMax most words besides options
     * @param owner whether only an owner may (commands §2.2)
     */
    record Syntax(
            String verb,
            List<String> aliases,
            String arguments,
            String summary,
            Set<String> options,
            int wordsMin,
            int wordsMax,
            boolean owner) {

        public Syntax {
            aliases = List.copyOf(aliases);
            options = Set.copyOf(options);
        }

        /** A verb without arguments. */
        static Syntax bare(String verb, String summary) {
            return new Syntax(verb, List.of(), "", summary, Set.of(), 0, 0, false);
        }

        Syntax words(String shown, int min, int max) {
            return new Syntax(verb, aliases, shown, summary, options, min, max, owner);
        }

        Syntax options(String... spellings) {
            return new Syntax(
                    verb,
                    aliases,
                    arguments,
                    summary,
                    Set.of(spellings),
                    wordsMin,
                    wordsMax,
                    owner);
        }

        Syntax alias(String other) {
            return new Syntax(
                    verb, List.of(other), arguments, summary, options, wordsMin, wordsMax, owner);
        }

        Syntax forOwners() {
            return new Syntax(verb, aliases, arguments, summary, options, wordsMin, wordsMax, true);
        }

        String usage() {
            return arguments.isEmpty() ? "/codex " + verb : "/codex " + verb + " " + arguments;
        }
    }
}
