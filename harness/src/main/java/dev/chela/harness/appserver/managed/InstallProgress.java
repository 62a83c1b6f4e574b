package dev.chela.harness.appserver.managed;

/** Hears how an installation goes; called on the installing thread, must return quickly. */
@FunctionalInterface
public interface InstallProgress {

    /** What is being done. */
    enum Stage {
        /** Another process installs it already. */
        WAITING,
        DOWNLOADING,
        VERIFYING,
        UNPACKING
    }

    /**
     * Called at the beginning of a stage and about every 1 MiB while downloading.
     *
     * @param totalBytes -1 while unknown
     */
    void at(Stage stage, long doneBytes, long totalBytes);

    static InstallProgress silent() {
        return (stage, doneBytes, totalBytes) -> {};
    }
}
