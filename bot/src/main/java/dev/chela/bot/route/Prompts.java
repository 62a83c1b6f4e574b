package dev.chela.bot.route;

import dev.chela.channels.ButtonPress;
import dev.chela.channels.ChannelEvent;
import dev.chela.channels.ChatKind;
import dev.chela.channels.Conversation;
import dev.chela.channels.InboundMessage;
import dev.chela.channels.MessageEdit;
import dev.chela.channels.Quote;
import dev.chela.channels.Reaction;
import dev.chela.channels.access.AccessPolicy;
import dev.chela.channels.access.AccessRules;
import dev.chela.channels.inbox.Inbox;
import dev.chela.channels.inbox.InboxRow;
import dev.chela.commands.CommandLine;
import dev.chela.harness.Prompt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes one prompt of inbox rows: each sender labelled in groups, everything nobody addressed to
 * the agent fenced as untrusted (sessions-and-routing §3.6).
 */
final class Prompts {

    private static final int QUOTE_CHARS_MAX = 2_000;
    private static final int CONTEXT_CHARS_MAX = 8_000;
    private static final int PROMPT_CHARS_MAX = 1_000_000;
    private static final String NOT_SHOWN =
            "(what this answers or forwards was written by somebody whose words are not shown)\n\n";

    private final Inbox inbox;
    private final Supplier<CommandLine> line;
    private final Downloads downloads;
    private final Function<Conversation, AccessRules> rules;

    /**
     * @param rules how much of the talk around a message may be shown, and whose
     */
    Prompts(
            Inbox inbox,
            Supplier<CommandLine> line,
            Downloads downloads,
            Function<Conversation, AccessRules> rules) {
        this.inbox = inbox;
        this.line = line;
        this.downloads = downloads;
        this.rules = rules;
    }

    Prompt read(List<Long> tickets) {
        Inbox.WithContext read =
                inbox.withContext(tickets, place -> rules.apply(place).historyLimit());
        StringBuilder text = new StringBuilder();
        List<Path> images = new ArrayList<>();
        Map<String, Long> surroundings = new LinkedHashMap<>();
        read.around().forEach((place, rows) -> addContext(text, surroundings, place, rows));
        for (InboxRow row : read.rows()) {
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
                        : Foreign.cut(prompt, PROMPT_CHARS_MAX) + "\n[cut: the message was longer]",
                images,
                surroundings);
    }

    /** One message's words, its sender labelled in groups; nothing around it, no files fetched. */
    String words(long ticket) {
        StringBuilder text = new StringBuilder();
        inbox.row(ticket)
                .ifPresent(
                        row -> {
                            switch (row.event()) {
                                case InboundMessage message -> addWords(text, row, message);
                                case ButtonPress press ->
                                        Buttons.spoken(press)
                                                .ifPresent(words -> addSpoken(text, press, words));
                                case MessageEdit edit -> {}
                                case Reaction reaction -> {}
                            }
                        });
        return text.toString();
    }

    /** The agent has this prompt: what it shows of its surroundings is not shown again. */
    void taken(Prompt prompt) {
        prompt.surroundings()
                .forEach((place, upTo) -> inbox.markShown(Conversation.parse(place), upTo));
    }

    private static void addSpoken(StringBuilder text, ButtonPress press, String words) {
        if (!text.isEmpty()) {
            text.append("\n\n");
        }
        if (press.conversation().kind() != ChatKind.DIRECT) {
            text.append(Foreign.label(press.sender().name(), press.sender().id()));
        }
        text.append(words);
    }

    private void addMessage(
            StringBuilder text, List<Path> images, InboxRow row, InboundMessage message) {
        if (!text.isEmpty()) {
            text.append("\n\n");
        }
        Optional<Quote> hidden = message.quote().filter(quote -> !isShown(message, quote));
        message.quote()
                .map(quote -> hidden.isEmpty() ? quoted(quote) : NOT_SHOWN)
                .ifPresent(text::append);
        addWords(text, row, message);
        if (hidden.filter(Quote::forwarded).isPresent()) {
            return; // its files are as much somebody else's as its words
        }
        Downloads.Fetched fetched = downloads.fetch(message);
        images.addAll(fetched.images());
        fetched.notes().forEach(note -> text.append("\n\n").append(note));
    }

    private void addWords(StringBuilder text, InboxRow row, InboundMessage message) {
        String words =
                message.quote().filter(Quote::forwarded).isPresent()
                        ? "(forwarded this)"
                        : Words.of(line.get(), message.text(), row.standing().commandsAllowed());
        if (message.conversation().kind() == ChatKind.DIRECT) {
            text.append(Foreign.unfenced(words));
        } else {
            text.append(Foreign.label(message.sender().name(), message.sender().id()))
                    .append(Foreign.spoken(words));
        }
    }

    /** What was said around here since the last turn that the agent took. */
    private void addContext(
            StringBuilder text,
            Map<String, Long> surroundings,
            Conversation place,
            List<InboxRow> around) {
        if (around.isEmpty()) {
            return;
        }
        AccessRules here = rules.apply(place);
        List<InboxRow> shown =
                around.stream()
                        .filter(
                                row ->
                                        AccessPolicy.showsContext(
                                                here,
                                                place,
                                                Optional.of(row.event().sender().id()),
                                                false))
                        .toList();
        if (!shown.isEmpty()) {
            text.append(Foreign.block("earlier in this chat, not addressed to you", newest(shown)));
        }
        surroundings.put(place.token(), around.stream().mapToLong(InboxRow::seq).max().orElse(0));
    }

    /** As many whole lines as fit, the newest ones; a cut line could pass for a label. */
    private static CharSequence newest(List<InboxRow> around) {
        StringBuilder lines = new StringBuilder();
        for (InboxRow row : around.reversed()) {
            String line = told(row.event()) + "\n";
            if (lines.length() + line.length() > CONTEXT_CHARS_MAX) {
                break;
            }
            lines.insert(0, line);
        }
        return lines;
    }

    private static String told(ChannelEvent event) {
        String label = Foreign.label(event.sender().name(), event.sender().id());
        return switch (event) {
            case InboundMessage message ->
                    message.quote()
                                    .filter(Quote::forwarded)
                                    .map(quote -> label + "(forwarded) " + bounded(quote.body()))
                                    .orElse(label)
                            + bounded(message.text());
            case MessageEdit edit -> label + "(changed a message to) " + bounded(edit.text());
            case Reaction reaction ->
                    label
                            + "(reacted %s to message %s)"
                                    .formatted(
                                            Foreign.name(reaction.emoji()),
                                            Foreign.name(reaction.messageId()));
            case ButtonPress press -> label + "(pressed a button)";
        };
    }

    private boolean isShown(InboundMessage message, Quote quote) {
        Conversation place = message.conversation();
        return quote.fromBot()
                || quote.senderId().filter(message.sender().id()::equals).isPresent()
                || AccessPolicy.showsContext(rules.apply(place), place, quote.senderId(), true);
    }

    private static String quoted(Quote quote) {
        String said = Foreign.label(quote.sender(), quote.senderId().orElse("unknown"));
        return Foreign.block(
                quote.forwarded() ? "forwarded message" : "replied-to message",
                said
                        + (quote.forwarded() ? Foreign.spoken(quote.body()) : bounded(quote.body()))
                        + "\n");
    }

    private static String bounded(String foreign) {
        String cut = Foreign.cut(foreign, QUOTE_CHARS_MAX);
        return Foreign.spoken(cut.length() == foreign.length() ? cut : cut + "…");
    }
}
