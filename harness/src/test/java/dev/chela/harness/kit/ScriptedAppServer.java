package dev.chela.harness.kit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where a test gets an app-server made of Java from. */
public final class ScriptedAppServer {

    private ScriptedAppServer() {}

    /** One that behaves like the real one, in memory. */
    public static ImitatedStage inMemory(Path directory) throws IOException {
        return new ImitatedStage(directory);
    }

    /** One that behaves like the real one, as a child process on stdio. */
    public static Stage asProcess(Path directory) throws IOException {
        return new ProcessStage(directory, command("imitate"), () -> {});
    }

    /** One that follows a script. */
    public static ScriptedPeer following(PeerScript script) {
        return new ScriptedPeer(script);
    }

    /** One that replays a recording until it goes wrong after {@code position} messages. */
    public static TraceReplay replaying(
            Trace trace, int position, TraceEnding ending, Path emptyDirectory) throws IOException {
        return new TraceReplay(trace, position, ending, emptyDirectory);
    }

    /**
     * The command line of a scripted app-server on stdio, for whatever starts processes.
     *
     * @param arguments {@code imitate}; or {@code replay TRACE POSITION ENDING}
     */
    public static List<String> command(String... arguments) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classPath = System.getProperty("java.class.path");
        var command = new ArrayList<String>();
        command.addAll(List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m"));
        command.addAll(List.of("-cp", classPath, ScriptedAppServerMain.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
