package dev.chela.harness.codex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.InputKey;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.protocol.TurnStart;
import dev.chela.harness.kit.HarnessStage;
import dev.chela.harness.kit.ListeningStage;
import dev.chela.harness.kit.Stage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The connection is lost at {@code turn/start}, and the real server lives on with the turn. */
class RealLostStartIT {

    private static final int TURNS = 12;

    @TempDir private Path directory;

    /** Observed on 0.169: in its first milliseconds the server may interrupt such a turn itself. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whateverTheServerTookIsAnsweredOrToldAboutAndRunsOnce(boolean heard) throws Exception {
        var server = new ListeningStage(directory);
        int answered = 0;
        try (var stage = new HarnessStage(new Losing(server, heard))) {
            for (int i = 0; i < TURNS; i++) {
                String text = "turn number " + i;
                TurnOutcome end = stage.start(HarnessStage.freshSession(), text).outcome();
                if (end instanceof TurnOutcome.Completed completed) {
                    answered++;
                    assertThat(completed.text()).contains("Echo: " + text);
                    assertThat(timesAsked(server, text)).isOne();
                } else {
                    assertThat(end).isInstanceOf(TurnOutcome.Uncertain.class);
                    assertThat(timesAsked(server, text)).isLessThanOrEqualTo(1);
                }
            }
        }
        assertThat(answered).isPositive();
    }

    private static long timesAsked(ListeningStage server, String text) {
        return server.model().requests().stream()
                .filter(request -> request.userText().equals(text))
                .count();
    }

    /**
     * Loses the connection with the first try to begin a turn.
     *
     * @param heard whether the server's answer still comes through
     */
    private record Losing(ListeningStage inner, boolean heard, Set<InputKey> lost)
            implements Stage {

        Losing(ListeningStage inner, boolean heard) {
            this(inner, heard, new HashSet<>());
        }

        @Override
        public AppServer server() {
            AppServer real = inner.server();
            return (AppServer)
                    Proxy.newProxyInstance(
                            AppServer.class.getClassLoader(),
                            new Class<?>[] {AppServer.class},
                            (_, method, arguments) -> pass(real, method, arguments));
        }

        private Object pass(AppServer real, Method method, Object[] arguments) throws Throwable {
            boolean loses =
                    arguments != null
                            && arguments[0] instanceof TurnStart start
                            && lost.add(start.clientUserMessageId());
            if (loses && !heard) {
                Thread.ofVirtual().start(real::close);
            }
            try {
                return method.invoke(real, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            } finally {
                if (loses) {
                    real.close();
                }
            }
        }

        @Override
        public void kill() {
            inner.kill();
        }

        @Override
        public Path workspace() {
            return inner.workspace();
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
