package dev.chela.bot.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.bot.kit.Await;
import dev.chela.bot.kit.TestDelivery;
import dev.chela.channels.ChannelsSchema;
import dev.chela.channels.Conversation;
import dev.chela.channels.delivery.Delivery;
import dev.chela.channels.delivery.DeliverySettings;
import dev.chela.channels.testing.FakeChannel;
import dev.chela.config.testing.TestDatabase;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;
import dev.chela.harness.approval.Approval;
import dev.chela.harness.approval.ApprovalId;
import dev.chela.harness.approval.ApprovalRequest;
import dev.chela.harness.approval.Choice;
import dev.chela.harness.approval.Decision;
import dev.chela.harness.approval.Question;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApprovalCardsTest {

    private final TestDatabase database = TestDatabase.open(List.of(ChannelsSchema.PART));
    private final FakeChannel channel = FakeChannel.named("web");
    private final Conversation room = channel.group("room");
    private final Conversation ada = channel.direct("ada");
    private final Conversation bob = channel.direct("bob");
    private Delivery delivery = newDelivery();

    @AfterEach
    void close() {
        delivery.close();
        database.close();
    }

    @Test
    void everyPromptBecomesItsOutcomeAlsoAfterARestartWithAnotherConfig() {
        assertThat(cards(ada, bob).shown(open())).isTrue();
        await(ada, "Approval needed");
        await(bob, "Approval needed");
        await(room, "An approver was asked");

        delivery.close();
        delivery = newDelivery();
        cards().settled(denied());

        await(ada, "Approval: denied");
        await(bob, "Approval: denied");
        await(room, "Approval: denied");
        assertThat(channel.texts(room)).noneMatch(text -> text.contains("Run ls"));
    }

    @Test
    void whoDecidesElsewhereReadsWhoAsked() {
        cards(ada, room).shown(open());

        await(ada, "*For Ann (`ann`), who asked in a group on web.*");
        await(room, "Approval needed");
        assertThat(channel.texts(room)).noneMatch(text -> text.contains("who asked"));
    }

    @ParameterizedTest
    @CsvSource({
        "MCP_TOOL, whatever it is given",
        "FILE_CHANGE, 'these files are not asked about again, whatever is written'"
    })
    void whatIsAllowedBesidesWhatIsShownIsSaid(ApprovalRequest.Kind kind, String words) {
        cards(room).shown(approval(request(kind, Set.of(Choice.values())), Optional.empty()));

        await(room, words);
    }

    @Test
    void nothingIsSaidOfAnAlwaysThatIsNotOffered() {
        Set<Choice> once = Set.of(Choice.ALLOW_ONCE, Choice.DENY);
        cards(room).shown(approval(request(ApprovalRequest.Kind.MCP_TOOL, once), Optional.empty()));

        await(room, "Approval needed");
        assertThat(channel.texts(room)).noneMatch(text -> text.contains("in this session"));
    }

    private ApprovalRequest request(ApprovalRequest.Kind kind, Set<Choice> choices) {
        return new ApprovalRequest(
                kind,
                new SessionKey("agent:main:web:group:room"),
                inTheRoom(),
                Optional.empty(),
                "Use it",
                "it",
                choices,
                List.of());
    }

    @Test
    void shownAgainNothingIsPostedTwice() {
        cards(ada).shown(open());
        await(ada, "Approval needed");

        cards(ada).shown(open());
        cards(ada).settled(denied());

        await(ada, "Approval: denied");
        assertThat(channel.texts(ada)).hasSize(1);
    }

    @Test
    void whatNoPlatformTakesIsSaidInWordsWhereItCameFrom() {
        channel.thenRefused("the buttons are not valid");

        cards(room).shown(open());

        await(room, "/approve abcdef");
        assertThat(channel.newestButton().filter(data -> data.startsWith("approval:"))).isEmpty();
        cards().settled(denied());
        await(room, "Approval: denied");
    }

    @Test
    void aQuestionKeepsWhatWasAskedAndWhatWasAnswered() {
        cards(room).shown(question(false, Optional.empty()));
        await(room, "The agent asks");

        cards(room).settled(question(false, Optional.of(answered("Blue"))));

        await(room, "Answered: Blue");
        assertThat(channel.texts(room)).singleElement().asString().contains("Which colour?");
    }

    @Test
    void aSecretAnswerIsNotRepeated() {
        cards(room).shown(question(true, Optional.empty()));
        await(room, "The agent asks");

        cards(room).settled(question(true, Optional.of(answered("hunter2"))));

        await(room, "Question: answered");
        assertThat(channel.texts(room)).noneMatch(text -> text.contains("hunter2"));
    }

    @Test
    void aQuestionThatTheAnswerLeftOutIsNotCalledAnswered() {
        Question size = new Question("s", "Size", "Which size?", List.of(), true, false);
        cards(room).shown(question(false, Optional.empty(), size));
        await(room, "The agent asks");

        cards(room).settled(question(false, Optional.of(answered("Blue")), size));

        await(room, "Answered: Blue");
        assertThat(channel.texts(room))
                .singleElement()
                .asString()
                .containsSubsequence("Which size?", "Not answered");
    }

    @Test
    void inAGroupAQuestionSaysWhoseMessageIsTheAnswer() {
        cards(room).shown(question(false, Optional.empty()));

        await(room, "The next message of **Ann** is the answer.");
    }

    @Test
    void aChatThatIsNotConfiguredIsReplacedByTheOneItCameFrom() {
        Conversation gone = FakeChannel.named("elsewhere").direct("eve");

        assertThat(cards(gone).shown(open())).isTrue();

        await(room, "Approval needed");
    }

    @Test
    void nobodyToAskIsSaidSo() {
        Source nowhere = new Source("", Source.Kind.INTERNAL, "beat", "", "", false);

        assertThat(cards().shown(approval(nowhere, Optional.empty()))).isFalse();
    }

    private ApprovalCards cards(Conversation... places) {
        return new ApprovalCards(delivery, approval -> List.of(places));
    }

    private Approval open() {
        return approval(inTheRoom(), Optional.empty());
    }

    private Approval denied() {
        return approval(inTheRoom(), Optional.of(new Decision.Chosen(Choice.DENY)));
    }

    private Source inTheRoom() {
        return new Source(room.token(), Source.Kind.GROUP, "web", "ann", "Ann", false);
    }

    private static Decision answered(String answer) {
        return new Decision.Answered(Map.of("q", List.of(answer)));
    }

    private Approval question(boolean secret, Optional<Decision> decision, Question... more) {
        Question.Option blue = new Question.Option("Blue", "The calm one");
        return approval(
                new ApprovalRequest(
                        ApprovalRequest.Kind.QUESTION,
                        new SessionKey("agent:main:web:group:room"),
                        inTheRoom(),
                        Optional.empty(),
                        "Choice",
                        "",
                        Set.of(),
                        Stream.concat(
                                        Stream.of(
                                                new Question(
                                                        "q",
                                                        "Choice",
                                                        "Which colour?",
                                                        List.of(blue),
                                                        true,
                                                        secret)),
                                        Stream.of(more))
                                .toList()),
                decision);
    }

    private static Approval approval(Source source, Optional<Decision> decision) {
        ApprovalRequest request =
                new ApprovalRequest(
                        ApprovalRequest.Kind.COMMAND,
                        new SessionKey("agent:main:web:group:room"),
                        source,
                        Optional.empty(),
                        "Run ls",
                        "ls",
                        Set.of(Choice.values()),
                        List.of());
        return approval(request, decision);
    }

    private static Approval approval(ApprovalRequest request, Optional<Decision> decision) {
        return new Approval(
                new ApprovalId("abcdef"),
                request,
                Instant.EPOCH,
                Instant.EPOCH,
                decision,
                Optional.empty());
    }

    private void await(Conversation where, String words) {
        Await.until(
                words,
                () -> channel.texts(where).stream().anyMatch(text -> text.contains(words)),
                () -> channel.texts(where));
    }

    private Delivery newDelivery() {
        return TestDelivery.on(database, channel, DeliverySettings.standard());
    }
}
