package dev.chela.bot.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in a line what a command line got wrong, and where its help is. */
final class Misuse implements IParameterExceptionHandler {

    static final int STATUS = 2;
    private static final String NO_COMMAND = "Missing required subcommand";

    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            err.println("chela: " + unmatched(unmatched, command, name));
        } else if (String.valueOf(wrong.getMessage()).startsWith(NO_COMMAND)) {
            err.println("chela: \"" + name + "\" needs one of its commands:");
            command.usage(err);
            return STATUS;
        } else {
            err.println("chela: " + wrong.getMessage());
        }
        err.println("see: " + name + " --help");
        return STATUS;
    }

    private static String unmatched(
            UnmatchedArgumentException unmatched, CommandLine command, String name) {
        String first = unmatched.getUnmatched().getFirst();
        String kind =
                unmatched.isUnknownOption()
                        ? "option"
                        : command.getSubcommands().isEmpty() ? "argument" : "command";
        List<String> meant =
                unmatched.getSuggestions().stream()
                        .filter(guess -> isNear(first, guess.substring(guess.lastIndexOf(' ') + 1)))
                        .toList();
        String hint =
                meant.isEmpty()
                        ? ""
                        : meant.stream()
                                .collect(
                                        Collectors.joining(
                                                "\" or \"", " (did you mean \"", "\"?)"));
        return "\"%s\" takes no %s %s%s".formatted(name, kind, first, hint);
    }

    /** The library suggests also what has little in common with what was written. */
    private static boolean isNear(String written, String guess) {
        String a = written.replaceFirst("^-+", "");
        String b = guess.replaceFirst("^-+", "");
        return !a.isEmpty() && !b.isEmpty() && a.charAt(0) == b.charAt(0);
    }
}
