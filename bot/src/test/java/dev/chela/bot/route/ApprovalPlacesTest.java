package dev.chela.bot.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.channels.ChatKind;
import dev.chela.channels.Conversation;
import dev.chela.config.ChelaConfig;
import dev.chela.config.Live;
import dev.chela.config.load.ConfigLoader;
import dev.chela.config.load.ConfigLocation;
import dev.chela.config.load.Environment;
import dev.chela.config.load.LoadResult;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;
import dev.chela.harness.approval.Approval;
import dev.chela.harness.approval.ApprovalId;
import dev.chela.harness.approval.ApprovalRequest;
import dev.chela.harness.approval.ApprovalRequest.Kind;
import dev.chela.harness.approval.Choice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApprovalPlacesTest {

    private static final Conversation GROUP = telegram(ChatKind.GROUP, "-100");
    private static final String APPROVERS = "approvers: [\"telegram:7\", \"8\", \"slack:U1\"]";

    @TempDir private Path directory;

    @Test
    void withoutApproversTheChatItCameFromSeesThePrompt() {
        assertThat(places("execApprovals: {}", Kind.COMMAND, in(GROUP, "1")))
                .containsExactly(GROUP);
    }

    @Test
    void approversAreAskedInTheirOwnChatsAboutWhatRunsHere() {
        String config = "execApprovals: { " + APPROVERS + " }";

        assertThat(places(config, Kind.COMMAND, in(GROUP, "1")))
                .containsExactly(person("7"), person("8"));
        assertThat(places(config, Kind.PERMISSIONS, in(GROUP, "1")))
                .containsExactly(person("7"), person("8"));
        assertThat(places(config, Kind.MCP_TOOL, in(GROUP, "1"))).containsExactly(GROUP);
        assertThat(places(config, Kind.QUESTION, in(GROUP, "1"))).containsExactly(GROUP);
    }

    @Test
    void theTargetAddsTheChatOrKeepsToIt() {
        String both = "execApprovals: { target: \"both\", " + APPROVERS + " }";
        String channel = "execApprovals: { target: \"channel\", " + APPROVERS + " }";

        assertThat(places(both, Kind.COMMAND, in(GROUP, "1")))
                .containsExactly(person("7"), person("8"), GROUP);
        assertThat(places(channel, Kind.COMMAND, in(GROUP, "1"))).containsExactly(GROUP);
    }

    @Test
    void whoMayDecideAndIsAloneWithTheBotIsAskedThere() {
        String config = "execApprovals: { " + APPROVERS + " }";

        assertThat(places(config, Kind.COMMAND, in(person("7"), "7"))).containsExactly(person("7"));
        assertThat(places(config, Kind.COMMAND, in(person("9"), "9")))
                .as("an owner")
                .containsExactly(person("9"));
        assertThat(places(config, Kind.COMMAND, in(person("1"), "1")))
                .containsExactly(person("7"), person("8"));
    }

    @Test
    void whoMayNotDecideIsNotLeftAloneWithAPromptThatNobodyThereMayAnswer() {
        for (Kind kind : List.of(Kind.COMMAND, Kind.FILE_CHANGE, Kind.PERMISSIONS, Kind.MCP_TOOL)) {
            assertThat(places("execApprovals: {}", kind, in(person("1"), "1")))
                    .as("the owner decides about %s", kind)
                    .containsExactly(person("9"));
        }
        assertThat(places("execApprovals: {}", Kind.QUESTION, in(person("1"), "1")))
                .containsExactly(person("1"));
        String approvers = "execApprovals: { " + APPROVERS + " }";
        assertThat(places(approvers, Kind.MCP_TOOL, in(person("1"), "1")))
                .containsExactly(person("7"), person("8"));
        assertThat(places("execApprovals: { enabled: false }", Kind.COMMAND, in(person("1"), "1")))
                .containsExactly(person("1"));
    }

    @Test
    void onWithoutApproversAsksTheOwnersAndOffAsksNobodyElse() {
        assertThat(places("execApprovals: { enabled: true }", Kind.COMMAND, in(GROUP, "1")))
                .containsExactly(person("9"));
        String off = "execApprovals: { enabled: false, " + APPROVERS + " }";
        assertThat(places(off, Kind.COMMAND, in(GROUP, "1"))).containsExactly(GROUP);
    }

    @Test
    void approversAreReadAsEveryOtherListOfPeople() {
        String written =
                "execApprovals: { approvers: [\"TG:7\", \"accessGroup:deciders\", \"*\"] }";

        assertThat(places(written, Kind.COMMAND, in(GROUP, "1")))
                .containsExactly(person("7"), person("8"));
        assertThat(mayDecide(written, in(person("7"), "7"))).isTrue();
        assertThat(mayDecide(written, in(person("8"), "8"))).isTrue();
        assertThat(mayDecide(written, in(person("1"), "1"))).isFalse();
    }

    @Test
    void approversOfOtherChannelsAloneDoNotMeanTheOwners() {
        String written = "execApprovals: { enabled: true, approvers: [\"slack:U1\"] }";

        assertThat(places(written, Kind.COMMAND, in(GROUP, "1"))).containsExactly(GROUP);
    }

    @Test
    void anApproverDecidesForTheirAccountAndWhereThePromptWasShown() {
        String accounts =
                "accounts: { default: {}, work: { botToken: \"123456780:AAFake-token_for-tests"
                        + "-0123456789abcde\", execApprovals: { approvers: [\"7\"] } } } } },"
                        + " approvals: { exec: { enabled: true, mode: \"both\", targets: ["
                        + "{ channel: \"telegram\", accountId: \"work\", to: \"-5\" }] ";
        Conversation own = new Conversation("telegram", "work", ChatKind.DIRECT, "7", none());
        Conversation shown = new Conversation("telegram", "work", ChatKind.GROUP, "-5", none());
        Conversation asker = new Conversation("telegram", "work", ChatKind.GROUP, "-6", none());

        assertThat(mayDecide(accounts, in(own, "7"), in(GROUP, "1"))).isFalse();
        assertThat(mayDecide(accounts, in(shown, "7"), in(GROUP, "1"))).isTrue();
        assertThat(mayDecide(accounts, in(own, "7"), in(asker, "1"))).isTrue();
        assertThat(mayDecide(accounts, in(shown, "1"), in(GROUP, "1"))).isFalse();
        assertThat(mayDecide(accounts, in(own, "9"), in(GROUP, "1"))).as("an owner").isTrue();
    }

    private boolean mayDecide(String telegram, Source who) {
        return mayDecide(telegram, who, in(GROUP, "1"));
    }

    private boolean mayDecide(String telegram, Source who, Source asker) {
        return new Appointed(Live.of(config(telegram)))
                .mayDecide(who, approval(Kind.COMMAND, asker));
    }

    private static Optional<String> none() {
        return Optional.empty();
    }

    @Test
    void filtersNameTheAgentsAndSessionsThatAreMeant() {
        String agents = "execApprovals: { agentFilter: [\"other\"], " + APPROVERS + " }";
        String sessions = "execApprovals: { sessionFilter: [\":group:-1.0$\"], " + APPROVERS + " }";

        assertThat(places(agents, Kind.COMMAND, in(GROUP, "1"))).containsExactly(GROUP);
        assertThat(places(sessions, Kind.COMMAND, in(GROUP, "1")))
                .containsExactly(person("7"), person("8"));
    }

    @Test
    void promptsAreForwardedToOtherChats() {
        String config =
                "} }, approvals: { plugin: { enabled: true, mode: \"targets\","
                        + " targets: [{ channel: \"telegram\", to: \"-5\", threadId: \"3\" }] },"
                        + " exec: { enabled: true, mode: \"both\","
                        + " targets: [{ channel: \"telegram\", to: \"5\" }] ";

        assertThat(places(config, Kind.MCP_TOOL, in(GROUP, "1")))
                .containsExactly(
                        new Conversation(
                                "telegram", "default", ChatKind.GROUP, "-5", Optional.of("3")));
        assertThat(places(config, Kind.COMMAND, in(GROUP, "1")))
                .containsExactly(GROUP, person("5"));
    }

    @Test
    void whatHasNoChatIsShownToNobody() {
        Source nowhere = new Source("", Source.Kind.INTERNAL, "beat", "", "", false);

        assertThat(places("execApprovals: {}", Kind.COMMAND, nowhere)).isEmpty();
    }

    private List<Conversation> places(String telegram, Kind kind, Source source) {
        Live<ChelaConfig> config = Live.of(config(telegram));
        ApprovalPlaces places =
                new ApprovalPlaces(new Appointed(config), () -> config.get().approvals());
        return places.of(approval(kind, source));
    }

    private static Approval approval(Kind kind, Source source) {
        ApprovalRequest request =
                new ApprovalRequest(
                        kind,
                        new SessionKey("agent:main:telegram:group:-100"),
                        source,
                        Optional.empty(),
                        "Run ls",
                        "ls",
                        Set.of(Choice.values()),
                        List.of());
        return new Approval(
                new ApprovalId("abcdef"),
                request,
                Instant.EPOCH,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty());
    }

    private ChelaConfig config(String telegram) {
        Path file = directory.resolve("chela.json");
        try {
            Files.writeString(
                    file,
                    """
                    { gateway: { mode: "local" },
                      accessGroups: { deciders: { members: { telegram: ["tg:8"] } } }, commands: { ownerAllowFrom: ["telegram:9"] },
                      channels: { telegram: {
                        botToken: "123456789:AAFake-token_for-tests-0123456789abcde", %s } } }
                    """
                            .formatted(telegram));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        LoadResult result =
                new ConfigLoader(
                                new ConfigLocation(file, directory, directory, directory),
                                Environment.of(Map.of()))
                        .load();
        return switch (result) {
            case LoadResult.Loaded loaded -> loaded.config();
            case LoadResult.Broken broken -> throw new AssertionError(broken.problems());
        };
    }

    private static Source in(Conversation place, String person) {
        Source.Kind kind = place.kind() == ChatKind.DIRECT ? Source.Kind.DIRECT : Source.Kind.GROUP;
        return new Source(place.token(), kind, "telegram", person, "Somebody", person.equals("9"));
    }

    private static Conversation person(String id) {
        return telegram(ChatKind.DIRECT, id);
    }

    private static Conversation telegram(ChatKind kind, String peer) {
        return new Conversation("telegram", "default", kind, peer, Optional.empty());
    }
}
