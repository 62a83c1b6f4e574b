package dev.chela.bot.route;

import dev.chela.channels.OutboundMessage;
import dev.chela.commands.core.SessionsCommand;
import dev.chela.harness.Renewal;
import java.util.Optional;

/** Says in a turn's answer that its session began anew by itself. */
final class Renewals {

    private Renewals() {}

    /** The answer with a line about the renewal; where there is no message the line is one. */
    static Answers.Answer said(Answers.Answer answer, Optional<Renewal> renewal) {
        return renewal.map(Renewals::line).map(line -> with(answer, line)).orElse(answer);
    }

    private static Answers.Answer with(Answers.Answer answer, String line) {
        OutboundMessage message =
                answer.message()
                        .map(
                                said ->
                                        new OutboundMessage(
                                                join(said.markdown(), line),
                                                said.attachments(),
                                                said.buttons(),
                                                said.replyTo(),
                                                said.silent()))
                        .orElseGet(() -> OutboundMessage.of(line));
        return new Answers.Answer(Optional.of(message), answer.outcome(), answer.detail());
    }

    private static String join(String said, String line) {
        return said.isBlank() ? line : said + "\n\n" + line;
    }

    private static String line(Renewal renewal) {
        String why =
                switch (renewal.reason()) {
                    case DAILY -> "a new day began";
                    case IDLE -> "it was quiet for long";
                };
        return "*This is a new session, because %s.* `%s` brings the old one back."
                .formatted(why, SessionsCommand.restoring(renewal.archivedId()));
    }
}
