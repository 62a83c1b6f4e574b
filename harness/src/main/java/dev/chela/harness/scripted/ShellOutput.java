package dev.chela.harness.scripted;

import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The output of Codex's shell tool as the model gets it.
 *
 * @param runningSession the session to ask again while the command still runs
 */
record ShellOutput(OptionalInt exitCode, OptionalInt runningSession, String text) {

    private static final Pattern EXIT = Pattern.compile("Process exited with code (-?\\d{1,9})");
    private static final Pattern RUNNING =
            Pattern.compile("Process running with session ID (\\d{1,9})");
    private static final String BODY = "Output:\n";

    static ShellOutput parse(String output) {
        var body = output.indexOf(BODY);
        var head = body < 0 ? output : output.substring(0, body);
        var text = body < 0 ? output : output.substring(body + BODY.length());
        return new ShellOutput(number(EXIT, head), number(RUNNING, head), text);
    }

    String summary() {
        if (runningSession.isPresent()) {
            return "The command is still running.";
        }
        if (exitCode.isEmpty()) {
            return "The command did not run.";
        }
        return exitCode.getAsInt() == 0
                ? "The command succeeded."
                : "The command failed with code " + exitCode.getAsInt() + ".";
    }

    private static OptionalInt number(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        return matcher.find()
                ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
                : OptionalInt.empty();
    }
}
