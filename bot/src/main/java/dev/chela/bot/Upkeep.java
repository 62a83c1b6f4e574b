package dev.chela.bot;

import dev.chela.channels.delivery.Delivery;
import dev.chela.channels.inbox.Inbox;
import dev.chela.channels.inbox.Retention;
import dev.chela.config.Live;
import dev.chela.config.SessionConfig.Maintenance;
import dev.chela.config.state.DatabaseException;
import dev.chela.harness.Timers;
import dev.chela.harness.session.SessionException;
import dev.chela.harness.session.SessionUpkeep;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets by age and size, some minutes after a start and then every few hours. The crash suite,
 * which cannot wait, names the milliseconds in {@code CHELA_UPKEEP_AFTER}.
 */
final class Upkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration FIRST = Duration.ofMinutes(10);
    private static final Duration EVERY = Duration.ofHours(6);

    private final Inbox inbox;
    private final Delivery delivery;
    private final AgentRoom agents;
    private final MediaShelf media;
    private final Live<Maintenance> rules;
    private final Timers timers;
    private volatile Timers.Alarm next = () -> {};

    Upkeep(
            Inbox inbox,
            Delivery delivery,
            AgentRoom agents,
            MediaShelf media,
            Live<Maintenance> rules,
            Timers timers) {
        this.inbox = inbox;
        this.delivery = delivery;
        this.agents = agents;
        this.media = media;
        this.rules = rules;
        this.timers = timers;
    }

    void start(Map<String, String> environment) {
        Duration first =
                Optional.ofNullable(environment.get("CHELA_UPKEEP_AFTER"))
                        .filter(millis -> millis.matches("\\d{1,9}"))
                        .map(millis -> Duration.ofMillis(Long.parseLong(millis)))
                        .orElse(FIRST);
        next = timers.after(first, this::tidy);
    }

    private void tidy() {
        try {
            Retention kept = Retention.standard();
            int rows =
                    inbox.prune(kept)
                            + delivery.prune(kept)
                            + agents.approvals().prune(kept.bodies(), kept.keys())
                            + agents.tools().prune(kept.bodies(), kept.keys());
            LOG.debug("upkeep rows={} files={}", rows, media.tidy());
            tidySessions();
        } catch (DatabaseException | SessionException e) {
            LOG.warn("upkeep was cut short and goes on next time: {}", e.getMessage());
        } finally {
            next = timers.after(EVERY, this::tidy);
        }
    }

    private void tidySessions() {
        Maintenance now = rules.get();
        switch (now.mode()) {
            case ENFORCE -> agents.upkeep().run(now);
            case WARN -> {
                SessionUpkeep.Report due = agents.upkeep().due(now);
                if (due.sessions() + due.archives() + due.trajectories() > 0) {
                    LOG.warn(
                            "session.maintenance would archive {} sessions and remove {} archives"
                                    + " and {} trajectories (transcripts: {} bytes); mode is warn",
                            due.sessions(),
                            due.archives(),
                            due.trajectories(),
                            due.bytes());
                }
            }
        }
    }

    @Override
    public void close() {
        next.cancel();
    }
}
