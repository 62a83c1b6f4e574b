package dev.chela.harness.appserver;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What tells one process from every other, also from a later one with the same pid.
 *
 * @param started as the operating system tells it
 * @param fingerprint digest of program and arguments; empty while they may still change
 */
record ProcessIdentity(long pid, Instant started, String fingerprint) {

    private static final Duration CLOCK_GRAIN = Duration.ofMillis(50);

    static ProcessIdentity of(ProcessHandle process) {
        return new ProcessIdentity(
                process.pid(),
                process.info().startInstant().orElse(Instant.EPOCH),
                fingerprint(process));
    }

    /** The same process before it became the program it will be. */
    ProcessIdentity early() {
        return new ProcessIdentity(pid, started, "");
    }

    /** That very process, if it still runs. */
    Optional<ProcessHandle> alive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> near(of(process).started))
                .filter(
                        process ->
                                fingerprint.isEmpty() || fingerprint(process).equals(fingerprint));
    }

    private boolean near(Instant other) {
        return Duration.between(started, other).abs().compareTo(CLOCK_GRAIN) <= 0;
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
