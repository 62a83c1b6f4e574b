package dev.chela.harness.codex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.TurnEvent;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.RecordingListener;
import dev.chela.harness.appserver.Subscription;
import dev.chela.harness.appserver.protocol.ServerAnswer;
import dev.chela.harness.appserver.protocol.ThreadItem;
import dev.chela.harness.kit.ListeningStage;
import dev.chela.harness.kit.RunningTurn;
import dev.chela.harness.kit.Stage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Another client's turns on the real app-server, both over WebSocket. */
final class RealForeignTurnIT extends ForeignTurnScenarios {

    private ListeningStage server;

    @Override
    Stage build(Path directory) throws IOException {
        server = new ListeningStage(directory);
        return server;
    }

    @Override
    AppServer another() {
        return server.another();
    }

    @Test
    void whatItAsksItsOwnPeopleIsNotRefusedByUsWhileWeAreIdle() throws Exception {
        var desk = new RecordingListener();
        try (Subscription _ = other.subscribe(thread(), desk)) {
            begunElsewhere("run echo from the desk > note && cat note");
            RecordingListener.Asked asked = desk.awaitRequest();
            RunningTurn mine = start("mine");
            mine.await(TurnEvent.Activity.class);

            asked.reply().answer(ServerAnswer.CommandDecision.of(ServerAnswer.Decision.ACCEPT));

            assertThat(mine.answer()).isEqualTo("Echo: mine");
            assertThat(turns().get(1).items().getLast())
                    .isInstanceOfSatisfying(
                            ThreadItem.AgentMessage.class,
                            said -> assertThat(said.text()).contains("from the desk"));
        }
    }
}
