package dev.chela.harness.kit;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A scripted app-server as a process on stdio; end of input ends it at once, as the real one. */
public final class ScriptedAppServerMain {

    private ScriptedAppServerMain() {}

    public static void main(String[] args) throws IOException {
        // Standard output belongs to the protocol; a logger must not find it.
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.err), true));
        var wire =
                new StreamWire(
                        new FileInputStream(FileDescriptor.in),
                        new FileOutputStream(FileDescriptor.out));
        var home = Path.of(System.getenv("CODEX_HOME"));
        switch (args[0]) {
            case "imitate" -> {
                var codex = new ImitatedCodex(home, new CutOnceMind());
                codex.serve(wire);
                codex.kill();
            }
            case "replay" ->
                    new TraceReplay(
                                    Trace.load(args[1]),
                                    Integer.parseInt(args[2]),
                                    TraceEnding.valueOf(args[3]),
                                    Files.createTempDirectory("replay"))
                            .serve(wire);
            default -> throw new IllegalArgumentException("imitate or replay, not " + args[0]);
        }
        Runtime.getRuntime().halt(0);
    }
}
