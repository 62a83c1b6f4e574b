package dev.chela.bot.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.bot.kit.TestDelivery;
import dev.chela.channels.ChannelsSchema;
import dev.chela.channels.Conversation;
import dev.chela.channels.OutboundMessage;
import dev.chela.channels.delivery.Delivery;
import dev.chela.channels.delivery.DeliverySettings;
import dev.chela.channels.testing.FakeChannel;
import dev.chela.commands.tools.Answered;
import dev.chela.commands.tools.MediaRoots;
import dev.chela.commands.tools.MessageTool;
import dev.chela.commands.tools.Targets;
import dev.chela.config.LiveConfig;
import dev.chela.config.testing.TestConfig;
import dev.chela.config.testing.TestDatabase;
import dev.chela.harness.ReplyMode;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;
import dev.chela.harness.ThreadId;
import dev.chela.harness.ToolCall;
import dev.chela.harness.TurnContext;
import dev.chela.harness.TurnId;
import dev.chela.harness.TurnKey;
import dev.chela.harness.TurnOutcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an agent repeats of its prompt's marks is in nothing that it says. */
class AgentSpeechTest {

    private static final String SAID = Foreign.fenced("a note", "private") + "the answer";

    private final TestDatabase database = TestDatabase.open(List.of(ChannelsSchema.PART));
    private final FakeChannel channel = FakeChannel.named("web");
    private final Conversation ada = channel.direct("ada");
    private final Delivery delivery =
            TestDelivery.on(database, channel, DeliverySettings.standard());
    private final TurnContext turn =
            new TurnContext(
                    new TurnKey("turn"),
                    new SessionKey("agent:main:web:direct:ada"),
                    new Source(ada.token(), Source.Kind.DIRECT, "web", "ada", "Ada", true),
                    ReplyMode.AUTOMATIC,
                    List.of());

    @AfterEach
    void close() {
        delivery.close();
        database.close();
    }

    @Test
    void notInWhatItHadSaidBeforeItWasStopped() {
        Answers answers =
                new Answers(
                        delivery,
                        new Manners(new LiveConfig(TestConfig.defaults())),
                        asked -> true);

        Answers.Answer answer =
                answers.of(
                        turn,
                        new TurnOutcome.Interrupted(
                                TurnOutcome.Cause.USER_STOP, Optional.of(SAID)));

        assertThat(answer.message().map(OutboundMessage::markdown))
                .contains("the answer\n\n*stopped*");
    }

    @Test
    void notInWhatItSaysWithItsTool() {
        MessageTool tool =
                new MessageTool(
                        delivery,
                        new Targets(),
                        new Answered(tickets -> List.of()),
                        new MediaRoots(session -> List.of()),
                        Foreign::withoutEnvelope);

        tool.call(
                new ToolCall(
                        turn,
                        new ThreadId("thread"),
                        new TurnId("codex-turn"),
                        "call",
                        Map.of("action", "send", "message", SAID)));

        assertThat(channel.texts(ada)).containsExactly("the answer");
    }
}
