package dev.chela.channels.delivery;

import dev.chela.channels.Button;
import dev.chela.channels.Channel;
import dev.chela.channels.Chunk;
import dev.chela.channels.OutboundMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * What a person is told about a message of ours that may not have arrived: once for each intent,
 * and never about such a notice itself.
 */
final class Notices {

    static final String PREFIX = "notice:";
    static final String RESEND = "resend:";
    static final String SENT_AGAIN = "Sent again, because you asked for it.";
    private static final int EXCERPT_MAX_CHARS = 80;
    private static final int REASON_MAX_CHARS = 160;

    private Notices() {}

    /** The notice's rows; none if nothing is to be told. */
    static List<Draft> about(OutboxRow row, Next next, Channel channel) {
        if (!row.isMessage() || row.intent().startsWith(PREFIX)) {
            return List.of();
        }
        return switch (next) {
            case Next.Lost lost ->
                    drafts(
                            row,
                            channel,
                            "I could not find out whether this message of mine reached you: "
                                    + excerpt(row),
                            true);
            case Next.Failed(String reason, boolean permanent) ->
                    drafts(
                            row,
                            channel,
                            permanent
                                    ? "A message of mine was refused (%s): %s"
                                            .formatted(plain(reason), excerpt(row))
                                    : "A message of mine did not get through: " + excerpt(row),
                            !permanent);
            case Next.Arrived arrived -> List.of();
            case Next.Again again -> List.of();
            case Next.Ask ask -> List.of();
            case Next.AsSend asSend -> List.of();
        };
    }

    private static List<Draft> drafts(
            OutboxRow row, Channel channel, String text, boolean offerAgain) {
        OutboundMessage message = OutboundMessage.of(text);
        if (offerAgain) {
            message =
                    channel.capabilities().buttons()
                            ? message.withButtons(List.of(List.of(again(row))))
                            : OutboundMessage.of(text + "\n\nAsk me if you want it again.");
        }
        String intent = PREFIX + row.intent();
        List<Draft> drafts = new ArrayList<>();
        for (Chunk chunk : channel.render(row.conversation(), message)) {
            drafts.add(Draft.plain(intent, drafts.size(), row.conversation(), chunk));
        }
        return drafts;
    }

    private static Button again(OutboxRow row) {
        return new Button("Send again", RESEND + row.id(), Button.Style.PRIMARY);
    }

    private static String excerpt(OutboxRow row) {
        String words = row.chunk().map(Chunk::plain).orElse("");
        return words.isBlank() ? "(a file)" : "“" + bounded(plain(words), EXCERPT_MAX_CHARS) + "”";
    }

    /** One line without anything that Markdown would take for markup. */
    private static String plain(String foreign) {
        String line = foreign.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return bounded(line.replaceAll("[`*_~\\[\\]<>|\\\\#]", ""), REASON_MAX_CHARS);
    }

    private static String bounded(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
        return text.substring(0, end) + "…";
    }
}
