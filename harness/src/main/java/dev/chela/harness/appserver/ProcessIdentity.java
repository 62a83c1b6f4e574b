package dev.chela.harness.appserver;

import dev.chela.config.state.ProcessStart;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What tells one process from every other, also from a later one with the same pid.
 *
 * @param fingerprint digest of program and arguments; empty while they may still change
 */
record ProcessIdentity(long pid, ProcessStart started, String fingerprint) {

    static ProcessIdentity of(ProcessHandle process) {
        return new ProcessIdentity(process.pid(), ProcessStart.of(process), fingerprint(process));
    }

    /** The same process before it became the program it will be. */
    ProcessIdentity early() {
        return new ProcessIdentity(pid, started, "");
    }

    /** That very process, if it still runs. */
    Optional<ProcessHandle> alive() {
        return started.process(pid)
                .filter(
                        process ->
                                fingerprint.isEmpty() || fingerprint(process).equals(fingerprint));
    }

    private static String fingerprint(ProcessHandle process) {
        String command = process.info().command().orElse("");
        String arguments = String.join("\0", process.info().arguments().orElse(new String[0]));
        return digest(command + "\0" + arguments);
    }

    /** SHA-256 as hex. */
    static String digest(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
