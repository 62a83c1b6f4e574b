package dev.chela.bot.cli;

import dev.chela.harness.appserver.managed.InstallProgress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log how an installation goes, one line a stage: somebody's first answer waits. */
final class LoggedDownload implements InstallProgress {

    private static final Logger LOG = LoggerFactory.getLogger(LoggedDownload.class);

    private Stage last = Stage.WAITING;
    private boolean begun;

    @Override
    public synchronized void at(Stage stage, long doneBytes, long totalBytes) {
        if (!begun || stage != last) {
            LOG.info("codex: {}", Download.words(stage));
        }
        begun = true;
        last = stage;
    }
}
