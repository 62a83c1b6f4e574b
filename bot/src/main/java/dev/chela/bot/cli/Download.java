package dev.chela.bot.cli;

import dev.chela.harness.appserver.managed.InstallProgress;
import java.io.PrintStream;

/** Shows on the terminal how an installation goes. */
final class Download implements InstallProgress {

    private static final int BAR_CHARS = 30;
    private static final long MIB = 1L << 20;

    private final PrintStream out;
    private final boolean terminal;
    private Stage last = Stage.WAITING;
    private boolean begun;

    Download(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public synchronized void at(Stage stage, long doneBytes, long totalBytes) {
        if (!terminal) {
            if (!begun || stage != last) {
                out.println("codex: " + words(stage));
            }
        } else if (stage == Stage.DOWNLOADING && totalBytes > 0) {
            int filled = (int) (doneBytes * BAR_CHARS / totalBytes);
            out.printf(
                    "\rcodex: downloading [%s%s] %d/%d MB ",
                    "#".repeat(filled),
                    " ".repeat(BAR_CHARS - filled),
                    doneBytes / MIB,
                    totalBytes / MIB);
        } else {
            out.printf("\r%-70s", "codex: " + words(stage));
        }
        out.flush();
        begun = true;
        last = stage;
    }

    /** Leaves the line free for what comes next. */
    void end() {
        if (begun && terminal) {
            out.printf("\r%-70s\r", "");
            out.flush();
        }
    }

    static String words(Stage stage) {
        return switch (stage) {
            case WAITING -> "another chela is fetching it, waiting";
            case DOWNLOADING -> "downloading, about 170 MB, once";
            case VERIFYING -> "checking what was downloaded";
            case UNPACKING -> "unpacking";
        };
    }
}
