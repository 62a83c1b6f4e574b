package dev.chela.harness;

/**
 * A session that began anew by itself; its next answer says so once.
 *
 * @param archivedId names the archive in which the old one is kept
 */
public record Renewal(Reason reason, String archivedId) {

    /** Which bound of its life it reached. */
    public enum Reason {
        DAILY,
        IDLE
    }
}
