package dev.chela.bot;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.chela.bot.kit.BotFixture;
import dev.chela.channels.web.kit.Chromium;
import dev.chela.harness.scripted.ScriptedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The whole bot through its own page, in a real browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WebBotIT {

    private static final double PATIENCE_MS = 60_000;

    private BotFixture bot;
    private Chromium chromium;
    private Page page;

    @BeforeAll
    void start(@TempDir Path root) throws IOException {
        bot = BotFixture.onTheWeb(root, ScriptedModel.start());
        chromium = Chromium.launch();
        BrowserContext context = chromium.browser().newContext();
        page = context.newPage();
        page.setDefaultTimeout(PATIENCE_MS);
        page.navigate(bot.chela().signInAddress().toString());
    }

    @AfterAll
    void stop() {
        chromium.close();
        bot.close();
    }

    @Test
    void aMessageIsAnsweredOnThePage() {
        say("hello page");

        see("Echo: hello page");
        bot.awaitQuiet();
    }

    @Test
    void theBotsOwnCommandsAreSuggestedWhileTyping() {
        page.locator("#text").pressSequentially("/");
        assertThat(page.getByText("who you are to this bot")).hasCount(1);
        page.locator("#text").pressSequentially("stat");

        assertThat(page.locator(".option")).containsText("the bot and this session at a glance");
        page.keyboard().press("Enter");
        assertThat(page.locator("#text")).hasValue("/status");
        page.locator("#text").fill("");
    }

    @Test
    void aButtonOnThePageApproves() {
        say("ask approval echo crab-web");
        Locator allow =
                page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Allow once"))
                        .last();

        allow.click();

        see("allowed once");
        see("The command succeeded.");
        bot.awaitQuiet();
    }

    @Test
    void anAnswerInSecretLeavesThePage() {
        say(
                "call request_user_input {\"questions\":[{\"id\":\"pin\",\"header\":\"Pin\",\"question\":"
                        + "\"Which pin?\",\"isSecret\":true,\"options\":[{\"label\":\"None\",\"description\":"
                        + "\"-\"},{\"label\":\"Later\",\"description\":\"-\"}]}]}");
        // The words of the question are in the request, too; its buttons are not.
        assertThat(page.locator(".buttons button").getByText("None"))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MS));
        say("plum-4711");

        see("Question: answered");
        bot.awaitQuiet();
        assertThat(
                        page.locator(".message.person")
                                .filter(new Locator.FilterOptions().setHasText("plum-4711")))
                .hasCount(0);
    }

    @Test
    void thePageCatchesUpAfterTheBotWasRestarted() {
        say("before the restart");
        see("Echo: before the restart");
        bot.awaitQuiet();
        int port = bot.chela().signInAddress().getPort();

        bot.stop();
        bot.start(port);
        say("after the restart");

        see("Echo: after the restart");
        bot.awaitQuiet();
        assertThat(bot.asked("after the restart")).isEqualTo(1);
    }

    @Test
    void aSlowAnswerGrowsOnThePage() {
        say("slow 3");

        see(Pattern.compile("This answer.* …"));
        see("This answer comes slowly, one word after the other.");
        bot.awaitQuiet();
    }

    private void say(String text) {
        page.locator("#text").fill(text);
        page.locator("#send").click();
    }

    private void see(String text) {
        see(Pattern.compile(text.replaceAll("[.()\\[\\]]", "\\\\$0")));
    }

    private void see(Pattern text) {
        assertThat(page.locator(".message").filter(new Locator.FilterOptions().setHasText(text)))
                .not()
                .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MS));
    }
}
