package dev.chela.channels.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chela.channels.ButtonPress;
import dev.chela.channels.ChatKind;
import dev.chela.channels.Conversation;
import dev.chela.channels.EventId;
import dev.chela.channels.InboundMessage;
import dev.chela.channels.Quote;
import dev.chela.channels.Sender;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccessPolicyTest {

    private static final Conversation GROUP =
            new Conversation("telegram", "default", ChatKind.GROUP, "-100", Optional.empty());
    private static final Conversation TOPIC =
            new Conversation("telegram", "default", ChatKind.GROUP, "-100", Optional.of("7"));

    @Test
    void aStrangerIsPairedUnlessApprovedOrListed() {
        AccessRules rules = AccessRules.builder().dm(DmPolicy.PAIRING, people("1", "tg:2")).build();

        assertThat(judge(rules, direct("9"))).isInstanceOf(Verdict.PairingNeeded.class);
        assertThat(judge(rules, direct("1"))).isInstanceOf(Verdict.Admitted.class);
        assertThat(judge(rules, direct("2"))).isInstanceOf(Verdict.Admitted.class);
        assertThat(AccessPolicy.judge(rules, Set.of("9"), direct("9")))
                .isEqualTo(new Verdict.Admitted(false, true));
    }

    @Test
    void approvalsCountForAnAllowlistButNeverForAnOpenOrDisabledChat() {
        AccessRules closed = AccessRules.closed();

        assertThat(approved(closed.but().dm(DmPolicy.ALLOWLIST, people()).build()))
                .isInstanceOf(Verdict.Admitted.class);
        assertThat(approved(closed.but().dm(DmPolicy.OPEN, people("5")).build()))
                .isInstanceOf(Verdict.Refused.class);
        assertThat(approved(closed.but().dm(DmPolicy.DISABLED, people("*")).build()))
                .isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void whatIsWrittenInADirectChatSpeaksToUs() {
        AccessRules rules = AccessRules.closed();

        assertThat(AccessPolicy.addressed(rules, direct("1"))).isTrue();
        assertThat(AccessPolicy.addressed(rules, inGroup("1", false))).isFalse();
        assertThat(AccessPolicy.addressed(rules, inGroup("1", true))).isTrue();
    }

    @Test
    void aPressNeverAsksForACode() {
        ButtonPress press =
                new ButtonPress(
                        id(), direct("9").conversation(), sender("9"), Instant.EPOCH, "m", "x:1");

        assertThat(judge(AccessRules.closed(), press)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void aGroupMustBeNamedAndItsSenderListedAndTheBotMentioned() {
        AccessRules rules =
                AccessRules.builder()
                        .groups(
                                GroupPolicy.ALLOWLIST,
                                people("1"),
                                Map.of("-100", GroupRules.plain()))
                        .build();

        assertThat(judge(rules, inGroup("1", true))).isEqualTo(new Verdict.Admitted(false, true));
        assertThat(judge(rules, inGroup("1", false))).isEqualTo(new Verdict.Context(true));
        assertThat(judge(rules, inGroup("2", true))).isInstanceOf(Verdict.Refused.class);
        assertThat(
                        judge(
                                rules.but()
                                        .groups(GroupPolicy.ALLOWLIST, people("1"), Map.of())
                                        .build(),
                                inGroup("1", true)))
                .isEqualTo(new Verdict.Refused("this group is not on the list"));
    }

    @Test
    void pairingNeverOpensAGroup() {
        AccessRules rules =
                AccessRules.builder()
                        .groups(
                                GroupPolicy.ALLOWLIST,
                                SenderList.none(),
                                Map.of("*", GroupRules.plain()))
                        .build();

        assertThat(AccessPolicy.judge(rules, Set.of("1"), inGroup("1", true)))
                .isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void anOpenGroupLetsEverybodyTalkButOnlyListedPeopleCommand() {
        AccessRules rules =
                AccessRules.builder().groups(GroupPolicy.OPEN, people("1"), Map.of()).build();

        assertThat(judge(rules, inGroup("1", true))).isEqualTo(new Verdict.Admitted(false, true));
        assertThat(judge(rules, inGroup("2", true))).isEqualTo(new Verdict.Admitted(false, false));
    }

    @Test
    void aTopicOverridesItsGroup() {
        GroupRules topic =
                new GroupRules(
                        true,
                        Optional.empty(),
                        Optional.of(people("3")),
                        Optional.of(false),
                        Map.of());
        GroupRules group =
                new GroupRules(
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of("7", topic));
        AccessRules rules =
                AccessRules.builder()
                        .groups(GroupPolicy.ALLOWLIST, people("1"), Map.of("-100", group))
                        .build();

        assertThat(judge(rules, message(TOPIC, "3", "hi", false)))
                .isInstanceOf(Verdict.Admitted.class);
        assertThat(judge(rules, message(TOPIC, "1", "hi", false)))
                .isInstanceOf(Verdict.Refused.class);
        assertThat(judge(rules, message(GROUP, "1", "hi", false)))
                .isInstanceOf(Verdict.Context.class);
        assertThat(judge(rules.withRequireMention(false), message(GROUP, "1", "hi", false)))
                .isInstanceOf(Verdict.Admitted.class);
    }

    @Test
    void aReplyToUsAndAPatternAreMentions() {
        AccessRules rules =
                AccessRules.builder()
                        .groups(GroupPolicy.OPEN, people("*"), Map.of())
                        .mentions(MentionPatterns.compile(List.of("\\bchela\\b")))
                        .build();

        assertThat(judge(rules, message(GROUP, "1", "hey Chela, look", false)))
                .isInstanceOf(Verdict.Admitted.class);
        assertThat(judge(rules, message(GROUP, "1", "michelangelo", false)))
                .isInstanceOf(Verdict.Context.class);
        InboundMessage reply =
                new InboundMessage(
                        id(),
                        GROUP,
                        sender("1"),
                        Instant.EPOCH,
                        "m",
                        "and now?",
                        false,
                        false,
                        Optional.of(new Quote("m0", "bot", "done", true, Optional.empty(), false)),
                        List.of());
        assertThat(judge(rules, reply)).isInstanceOf(Verdict.Admitted.class);
    }

    @Test
    void aPatternThatIsNoRegularLanguageIsRefusedWithItsText() {
        assertThatThrownBy(() -> MentionPatterns.compile(List.of("(a)\\1")))
                .hasMessageContaining("(a)\\1");
    }

    @Test
    void botsAreIgnoredUnlessAllowed() {
        AccessRules rules = AccessRules.builder().dm(DmPolicy.OPEN, people("*")).build();
        Sender bot = new Sender("b", "Bot", Optional.empty(), true);
        InboundMessage said =
                new InboundMessage(
                        id(),
                        direct("b").conversation(),
                        bot,
                        Instant.EPOCH,
                        "m",
                        "hello",
                        false,
                        false,
                        Optional.empty(),
                        List.of());

        assertThat(judge(rules, said)).isInstanceOf(Verdict.Refused.class);
        assertThat(judge(rules.but().bots(BotPolicy.MENTIONS, LoopRules.standard()).build(), said))
                .isInstanceOf(Verdict.Refused.class);
        assertThat(judge(rules.but().bots(BotPolicy.ALL, LoopRules.standard()).build(), said))
                .isInstanceOf(Verdict.Admitted.class);
    }

    @Test
    void ownersMayCommandAndACommandListIsTheOnlySource() {
        AccessRules open = AccessRules.builder().dm(DmPolicy.OPEN, people("*")).build();
        AccessRules listed =
                open.but()
                        .commands(
                                new CommandRules(
                                        Optional.of(people("7")), true, people("1"), false))
                        .build();

        assertThat(judge(listed, direct("1"))).isEqualTo(new Verdict.Admitted(true, true));
        assertThat(judge(listed, direct("7"))).isEqualTo(new Verdict.Admitted(false, true));
        assertThat(judge(listed, direct("8"))).isEqualTo(new Verdict.Admitted(false, false));
        AccessRules strict =
                open.but()
                        .commands(new CommandRules(Optional.empty(), true, people("*"), true))
                        .build();
        assertThat(judge(strict, direct("1"))).isEqualTo(new Verdict.Admitted(false, true));
        assertThat(judge(AccessRules.trusted(), direct("me")))
                .isEqualTo(new Verdict.Admitted(true, true));
    }

    @Test
    void anApproverIsHeardWhereNobodyElseIsAndOnlyToDecide() {
        AccessRules rules =
                AccessRules.builder()
                        .dm(DmPolicy.ALLOWLIST, people("1"))
                        .commands(CommandRules.standard().withApprovers(people("7", "*")))
                        .build();

        assertThat(judge(rules, direct("7"))).isInstanceOf(Verdict.Refused.class);
        assertThat(judge(rules, direct("7", "/approve abc deny")))
                .isEqualTo(new Verdict.Admitted(false, false));
        assertThat(judge(rules, direct("7", "/approved by me")))
                .isInstanceOf(Verdict.Refused.class);
        assertThat(judge(rules, direct("7", "/approve@x do this")))
                .as("what no parser takes for the command would be a prompt")
                .isInstanceOf(Verdict.Refused.class);
        assertThat(judge(rules, press("7", "approval:abc:deny")))
                .isEqualTo(new Verdict.Admitted(false, false));
        assertThat(judge(rules, press("7", "command:/status"))).isInstanceOf(Verdict.Refused.class);
        assertThat(judge(rules, direct("8", "/approve abc deny")))
                .isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void whoTheDirectChatIsWithIsListedThere() {
        AccessRules rules =
                AccessRules.builder()
                        .dm(DmPolicy.PAIRING, people("1"))
                        .context(10, ContextPolicy.LISTED)
                        .build();

        assertThat(AccessPolicy.showsContext(rules, chat("9"), Optional.of("9"), false)).isTrue();
        assertThat(AccessPolicy.showsContext(rules, chat("9"), Optional.of("8"), true)).isFalse();
        assertThat(AccessPolicy.showsContext(rules, GROUP, Optional.of("9"), true)).isFalse();
    }

    @Test
    void accessGroupsExpandAndForeignPrefixesMatchNobody() {
        SenderList list =
                SenderList.parse(
                        "telegram",
                        List.of("accessGroup:family", "discord:5", "Telegram:6"),
                        Map.of("family", List.of("tg:1", "slack:U2")));

        assertThat(list.contains("1")).isTrue();
        assertThat(list.contains("6")).isTrue();
        assertThat(list.contains("5")).isFalse();
        assertThat(list.contains("U2")).isFalse();
    }

    @Test
    void aNarrowListIsACeilingThatEverybodyCannotOpen() {
        SenderList ceiling = people("1", "2");

        SenderList open = people("*").within(ceiling);
        assertThat(open.contains("1")).isTrue();
        assertThat(open.contains("9")).isFalse();
        assertThat(people("2", "9").within(ceiling).contains("9")).isFalse();
        assertThat(people("9").within(people("*")).contains("9")).isTrue();
    }

    private static Verdict judge(AccessRules rules, dev.chela.channels.ChannelEvent event) {
        return AccessPolicy.judge(rules, Set.of(), event);
    }

    private static Verdict approved(AccessRules rules) {
        return AccessPolicy.judge(rules, Set.of("9"), direct("9"));
    }

    private static SenderList people(String... ids) {
        return SenderList.parse("telegram", List.of(ids), Map.of());
    }

    private static InboundMessage direct(String person) {
        return direct(person, "hi");
    }

    private static InboundMessage direct(String person, String text) {
        return message(chat(person), person, text, false);
    }

    private static ButtonPress press(String person, String data) {
        return new ButtonPress(id(), chat(person), sender(person), Instant.EPOCH, "m", data);
    }

    private static Conversation chat(String person) {
        return new Conversation("telegram", "default", ChatKind.DIRECT, person, Optional.empty());
    }

    private static InboundMessage inGroup(String person, boolean mentioned) {
        return message(GROUP, person, "hi", mentioned);
    }

    private static InboundMessage message(
            Conversation where, String person, String text, boolean mentioned) {
        return new InboundMessage(
                id(),
                where,
                sender(person),
                Instant.EPOCH,
                "m",
                text,
                mentioned,
                false,
                Optional.empty(),
                List.of());
    }

    private static EventId id() {
        return new EventId("telegram", "default", "e");
    }

    private static Sender sender(String id) {
        return new Sender(id, "Name", Optional.empty(), false);
    }
}
