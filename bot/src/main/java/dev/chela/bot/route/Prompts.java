package dev.chela.bot.route;

import dev.chela.channels.ButtonPress;
import dev.chela.channels.ChannelEvent;
import dev.chela.channels.ChatKind;
import dev.chela.channels.Conversation;
import dev.chela.channels.InboundMessage;
import dev.chela.channels.MessageEdit;
import dev.chela.channels.Quote;
import dev.chela.channels.Reaction;
import dev.chela.channels.inbox.Inbox;
import dev.chela.channels.inbox.InboxRow;
import dev.chela.commands.CommandLine;
import dev.chela.harness.Prompt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Makes one prompt of inbox rows: each sender labelled in groups, everything nobody addressed to
 * the agent fenced as untrusted (sessions-and-routing §3.6).
 */
final class Prompts {

    private static final Pattern FENCE_END =
            Pattern.compile("<\\s*/\\s*untrusted", Pattern.CASE_INSENSITIVE);
    private static final int QUOTE_CHARS_MAX = 2_000;
    private static final int CONTEXT_CHARS_MAX = 8_000;
    private static final int PROMPT_CHARS_MAX = 1_000_000;

    private final Inbox inbox;
    private final Supplier<CommandLine> line;
    private final Downloads downloads;
    private final int historyLimit;

    Prompts(Inbox inbox, Supplier<CommandLine> line, Downloads downloads, int historyLimit) {
        this.inbox = inbox;
        this.line = line;
        this.downloads = downloads;
        this.historyLimit = historyLimit;
    }

    Prompt read(List<Long> tickets) {
        List<InboxRow> rows = inbox.rows(tickets);
        StringBuilder text = new StringBuilder();
        List<Path> images = new ArrayList<>();
        rows.stream()
                .map(row -> row.event().conversation())
                .distinct()
                .forEach(place -> addContext(text, place));
        for (InboxRow row : rows) {
            switch (row.event()) {
                case InboundMessage message -> addMessage(text, images, row, message);
                case ButtonPress press ->
                        Buttons.spoken(press).ifPresent(words -> addSpoken(text, press, words));
                case MessageEdit edit -> {}
                case Reaction reaction -> {}
            }
        }
        String prompt = text.toString().strip();
        return new Prompt(
                prompt.length() <= PROMPT_CHARS_MAX
                        ? prompt
                        : prompt.substring(0, PROMPT_CHARS_MAX) + "\n[cut: the message was longer]",
                images);
    }

    private static void addSpoken(StringBuilder text, ButtonPress press, String words) {
        if (!text.isEmpty()) {
            text.append("\n\n");
        }
        if (press.conversation().kind() != ChatKind.DIRECT) {
            text.append('[').append(oneLine(press.sender().name())).append("]: ");
        }
        text.append(words);
    }

    private void addMessage(
            StringBuilder text, List<Path> images, InboxRow row, InboundMessage message) {
        if (!text.isEmpty()) {
            text.append("\n\n");
        }
        message.quote().ifPresent(quote -> text.append(fenced("replied-to message", body(quote))));
        if (message.conversation().kind() != ChatKind.DIRECT) {
            text.append('[').append(oneLine(message.sender().name())).append("]: ");
        }
        text.append(Words.of(line.get(), message.text(), row.standing().commandsAllowed()));
        Downloads.Fetched fetched = downloads.fetch(message);
        images.addAll(fetched.images());
        fetched.notes().forEach(note -> text.append("\n\n").append(note));
    }

    /** What was said around here since the last turn; shown once. */
    private void addContext(StringBuilder text, Conversation place) {
        List<InboxRow> around = new ArrayList<>(inbox.history(place, historyLimit));
        around.addAll(inbox.systemEvents(place));
        if (around.isEmpty()) {
            return;
        }
        StringBuilder lines = new StringBuilder();
        around.stream()
                .map(InboxRow::event)
                .map(Prompts::told)
                .forEach(one -> lines.append(one).append('\n'));
        int from = Math.max(0, lines.length() - CONTEXT_CHARS_MAX);
        text.append(fenced("earlier in this chat, not addressed to you", lines.substring(from)));
        inbox.markShown(place, around.stream().mapToLong(InboxRow::seq).max().orElse(0));
    }

    private static String told(ChannelEvent event) {
        String who = oneLine(event.sender().name());
        return switch (event) {
            case InboundMessage message -> "[%s]: %s".formatted(who, message.text());
            case MessageEdit edit -> "[%s changed a message to]: %s".formatted(who, edit.text());
            case Reaction reaction ->
                    "[%s reacted %s to message %s]"
                            .formatted(who, reaction.emoji(), reaction.messageId());
            case ButtonPress press -> "[%s pressed a button]".formatted(who);
        };
    }

    private static String body(Quote quote) {
        String body = quote.body();
        String cut =
                body.length() <= QUOTE_CHARS_MAX ? body : body.substring(0, QUOTE_CHARS_MAX) + "…";
        return "[%s]: %s".formatted(oneLine(quote.sender()), cut);
    }

    /**
     * A block that says it is data; a closing mark inside it is broken so that it cannot end it.
     */
    static String fenced(String what, String foreign) {
        return "<untrusted what=\"%s\">\n%s\n</untrusted>\n\n"
                .formatted(what, FENCE_END.matcher(foreign).replaceAll("(/untrusted").strip());
    }

    private static String oneLine(String name) {
        String bare = name.replaceAll("[\\p{Cc}\\p{Cf}\\[\\]]", " ").strip();
        return bare.length() <= 64 ? bare : bare.substring(0, 64);
    }
}
