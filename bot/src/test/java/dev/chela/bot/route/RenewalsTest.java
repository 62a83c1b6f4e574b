package dev.chela.bot.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.channels.Button;
import dev.chela.channels.OutboundMessage;
import dev.chela.channels.inbox.Outcome;
import dev.chela.harness.Renewal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RenewalsTest {

    private static final Optional<Renewal> NEW_DAY =
            Optional.of(new Renewal(Renewal.Reason.DAILY, "1a2b3c4d-0000-4000-8000-000000000000"));
    private static final String LINE =
            "*This is a new session, because a new day began.* `/sessions restore 1a2b3c4d`"
                    + " brings the old one back.";

    @Test
    void aLineIsAddedToTheAnswerAndItsButtonsStay() {
        List<List<Button>> buttons =
                List.of(List.of(new Button("Continue", "x", Button.Style.PRIMARY)));
        Answers.Answer answer =
                new Answers.Answer(
                        Optional.of(OutboundMessage.of("hello").withButtons(buttons)),
                        Outcome.ANSWERED,
                        Optional.empty());

        OutboundMessage said = Renewals.said(answer, NEW_DAY).message().orElseThrow();

        assertThat(said.markdown()).isEqualTo("hello\n\n" + LINE);
        assertThat(said.buttons()).isEqualTo(buttons);
    }

    @Test
    void whereTheAgentAnsweredByItselfTheLineIsAMessage() {
        Answers.Answer answer = Answers.Answer.silent(Outcome.ANSWERED, "with the message tool");

        Answers.Answer said = Renewals.said(answer, NEW_DAY);

        assertThat(said.message().map(OutboundMessage::markdown)).contains(LINE);
        assertThat(said.outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(said.detail()).contains("with the message tool");
    }

    @Test
    void otherwiseNothingIsAdded() {
        Answers.Answer answer = Answers.Answer.say("hello", Outcome.ANSWERED);

        assertThat(Renewals.said(answer, Optional.empty())).isSameAs(answer);
    }
}
