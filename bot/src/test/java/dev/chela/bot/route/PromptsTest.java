package dev.chela.bot.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.channels.Attachment;
import dev.chela.channels.ChannelsSchema;
import dev.chela.channels.Conversation;
import dev.chela.channels.InboundMessage;
import dev.chela.channels.Quote;
import dev.chela.channels.access.AccessRules;
import dev.chela.channels.access.ContextPolicy;
import dev.chela.channels.access.Doorkeeper;
import dev.chela.channels.access.GroupPolicy;
import dev.chela.channels.access.LoopGuard;
import dev.chela.channels.access.Pairings;
import dev.chela.channels.access.SenderList;
import dev.chela.channels.inbox.Inbox;
import dev.chela.channels.inbox.InboxListener;
import dev.chela.channels.inbox.InboxRow;
import dev.chela.channels.testing.FakeChannel;
import dev.chela.commands.CommandLine;
import dev.chela.commands.CommandRegistry;
import dev.chela.config.testing.ManualClock;
import dev.chela.config.testing.TestDatabase;
import dev.chela.harness.Prompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptsTest {

    private AccessRules rules = AccessRules.closed();
    private final TestDatabase database = TestDatabase.open(List.of(ChannelsSchema.PART));
    private final ManualClock clock = new ManualClock();
    private final FakeChannel channel = FakeChannel.named("telegram");
    private final Conversation room = channel.group("room");
    private final List<Long> tickets = new ArrayList<>();
    private final Inbox inbox = inbox();
    private final Prompts prompts =
            new Prompts(
                    inbox,
                    () -> new CommandLine(new CommandRegistry(List.of())),
                    new Downloads(message -> Optional.empty(), Path.of("nowhere")),
                    where -> rules);

    @BeforeEach
    void open() {
        inbox.start(
                new InboxListener() {
                    @Override
                    public void accepted(InboxRow row) {
                        tickets.add(row.seq());
                    }

                    @Override
                    public void pairing(InboxRow row, String code) {}
                });
        channel.start(inbox);
    }

    @AfterEach
    void close() {
        inbox.close();
        database.close();
    }

    @Test
    void whatWasSaidAroundIsShownUntilAPromptWithItWasTaken() {
        channel.says(room, "ann", "the train is late");
        channel.mentions(room, "bob", "when does it leave?");

        Prompt first = prompts.read(tickets);
        Prompt again = prompts.read(tickets);
        assertThat(first.text()).contains("the train is late", "when does it leave?");
        assertThat(again).isEqualTo(first);

        prompts.taken(first);
        assertThat(prompts.read(tickets).text())
                .doesNotContain("the train is late")
                .contains("when does it leave?");
    }

    @Test
    void whatIsSaidWhileATurnStartsIsLeftForTheNext() {
        channel.says(room, "ann", "early");
        channel.mentions(room, "bob", "one");
        Prompt first = prompts.read(tickets);
        channel.says(room, "ann", "late");
        prompts.taken(first);

        assertThat(prompts.read(tickets).text()).contains("late").doesNotContain("early");
    }

    @Test
    void aLineOfASummaryIsTheMessageAlone() {
        channel.says(room, "ann", "the train is late");
        channel.mentions(room, "bob", "when does it leave?");

        assertThat(prompts.words(tickets.getFirst()))
                .endsWith("when does it leave?")
                .contains("bob")
                .doesNotContain("late");
        assertThat(prompts.read(tickets).text()).contains("the train is late");
    }

    @Test
    void aForwardedMessageIsShownWholeAndARepliedToOneInPart() {
        String words = "a".repeat(5_000) + " end of it";

        channel.deliver(with("1", quote("eve", words, true), List.of()));
        assertThat(prompts.read(tickets).text()).contains("end of it");

        tickets.clear();
        channel.deliver(with("2", quote("eve", words, false), List.of()));
        assertThat(prompts.read(tickets).text()).contains("aaa…").doesNotContain("end of it");
    }

    @Test
    void filesOfAForwardedMessageThatIsNotShownAreNotFetched(@TempDir Path folder)
            throws IOException {
        rules =
                AccessRules.closed()
                        .but()
                        .groups(
                                GroupPolicy.OPEN,
                                SenderList.parse("telegram", List.of("ann"), Map.of()),
                                Map.of())
                        .context(10, ContextPolicy.LISTED)
                        .build();
        Path picture = Files.writeString(folder.resolve("p.png"), "png");
        List<Attachment> files =
                List.of(
                        new Attachment(
                                "p.png", "image/png", 3, Optional.empty(), Optional.of(picture)));

        channel.deliver(with("1", quote("eve", "look", true), files));
        Prompt hidden = prompts.read(tickets);
        assertThat(hidden.text()).contains("not shown").doesNotContain("look");
        assertThat(hidden.images()).isEmpty();

        tickets.clear();
        channel.deliver(with("2", quote("ann", "look", true), files));
        assertThat(prompts.read(tickets).images()).containsExactly(picture);

        tickets.clear();
        channel.deliver(with("3", quote("eve", "look", false), files));
        assertThat(prompts.read(tickets).images()).as("the sender's own").containsExactly(picture);
    }

    private InboundMessage with(String event, Quote quote, List<Attachment> files) {
        InboundMessage plain = channel.message(event, room, "bob", "mine", true);
        return new InboundMessage(
                plain.id(),
                room,
                plain.sender(),
                plain.at(),
                plain.messageId(),
                quote.forwarded() ? quote.body() : plain.text(),
                true,
                false,
                Optional.of(quote),
                files);
    }

    private static Quote quote(String person, String words, boolean forwarded) {
        return new Quote("q", person, words, false, Optional.of(person), forwarded);
    }

    private Inbox inbox() {
        AccessRules rules =
                AccessRules.builder()
                        .groups(GroupPolicy.OPEN, SenderList.everybody(), Map.of())
                        .build();
        Pairings pairings = new Pairings(database, clock, new Random(1), (approval, first) -> {});
        return new Inbox(
                database,
                new Doorkeeper(where -> rules, pairings, new LoopGuard(clock)),
                clock,
                Runnable::run);
    }
}
