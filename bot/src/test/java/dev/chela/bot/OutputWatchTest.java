package dev.chela.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.AppServerHealth;
import dev.chela.harness.appserver.AppServers;
import dev.chela.harness.testing.ManualTimers;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OutputWatchTest {

    private final ManualTimers timers = new ManualTimers();
    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void whatServersPrintIsBoundedEveryMinuteUntilTheBotStops() {
        OutputWatch watch = new OutputWatch(new Printing(), timers);
        assertThat(looks).hasValue(0);
        for (int minute = 1; minute <= 3; minute++) {
            timers.advance(OutputWatch.EVERY);
            assertThat(looks).hasValue(minute);
        }

        watch.close();
        timers.advance(OutputWatch.EVERY);

        assertThat(looks).hasValue(3);
    }

    private final class Printing implements AppServers {

        @Override
        public AppServer attach(String agentId) {
            throw new AssertionError("nothing is started");
        }

        @Override
        public List<AppServerHealth> health() {
            return List.of();
        }

        @Override
        public void boundOutput() {
            looks.incrementAndGet();
        }

        @Override
        public void close() {}
    }
}
