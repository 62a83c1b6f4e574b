package dev.chela.harness.scenarios;

import dev.chela.harness.SessionKey;
import dev.chela.harness.ThreadId;
import dev.chela.harness.kit.HarnessStage;
import dev.chela.harness.kit.RecordingTool;
import dev.chela.harness.kit.RunningTurn;
import dev.chela.harness.kit.SentMessages;
import dev.chela.harness.kit.ServerTraits;
import dev.chela.harness.kit.Stage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Chela's own harness on one app-server; each scenario has a session of its own. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class InHouse {

    final RecordingTool direct = new RecordingTool("look_up", "Looks up a city", true);
    final RecordingTool deferred =
            new RecordingTool("weather_report", "Reports the weather of a city", false);
    final SentMessages messages = new SentMessages();
    private HarnessStage house;
    private SessionKey session;

    /** The app-server to play on. */
    abstract Stage build(Path directory) throws IOException;

    @BeforeAll
    void raise(@TempDir Path directory) throws IOException {
        house = new HarnessStage(build(directory), direct, deferred, messages);
    }

    @BeforeEach
    void begin() {
        session = HarnessStage.freshSession();
    }

    @AfterAll
    void strike() throws Exception {
        house.close();
    }

    final HarnessStage house() {
        return house;
    }

    final SessionKey session() {
        return session;
    }

    final ThreadId thread() {
        return house.thread(session);
    }

    final ServerTraits traits() {
        return house.traits();
    }

    /** Runs a turn in this scenario's session. */
    final RunningTurn start(String text) {
        return house.start(session, text);
    }
}
