package dev.chela.bot.kit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Processes that a bot started and that still run. */
public final class Leftovers {

    private Leftovers() {}

    /** Those whose environment names a path below {@code root}; where there is no /proc, none. */
    public static List<ProcessHandle> of(Path root) {
        return ProcessHandle.allProcesses()
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> environment(process).contains(root.toString()))
                .toList();
    }

    private static String environment(ProcessHandle process) {
        Path file = Path.of("/proc", Long.toString(process.pid()), "environ");
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }
}
