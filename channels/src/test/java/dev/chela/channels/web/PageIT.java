package dev.chela.channels.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import dev.chela.channels.Attachment;
import dev.chela.channels.Button;
import dev.chela.channels.OutboundMessage;
import dev.chela.channels.web.kit.Chromium;
import dev.chela.channels.web.kit.WebRig;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, with a bot that echoes behind it. */
final class PageIT {

    private static final Path PICTURES = Path.of("target/screenshots");
    private static Chromium chromium;

    private final List<String> problems = new ArrayList<>();
    private WebRig rig;
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void launch() {
        chromium = Chromium.launch();
    }

    @AfterAll
    static void quit() {
        chromium.close();
    }

    @BeforeEach
    void open() {
        rig = WebRig.open(Clock.systemUTC());
        enter(1100, 800, ColorScheme.LIGHT);
    }

    @AfterEach
    void close() {
        context.close();
        rig.close();
        assertThat(problems).isEmpty();
    }

    @Test
    void anEmptyChatSaysWhatToTryAndASuggestionFillsTheField() {
        assertThat(page.locator("#empty")).isVisible();
        picture("empty-light");
        page.locator(".try").nth(2).click();
        assertThat(page.locator("#text")).hasValue("/help");
        assertThat(page.locator("#text")).isFocused();
        assertThat(page.url()).doesNotContain("token");
    }

    @Test
    void aTypedTokenLetsIn() {
        context.clearCookies();
        page.navigate(rig.http().address().toString());
        page.locator("input[name=token]").fill(rig.token().token().reveal());

        page.locator("button").click();

        assertThat(page.locator("#empty")).isVisible();
        // What the browser itself says of the locked page: its status, and that it has no icon.
        problems.removeIf(problem -> problem.contains("401") || problem.contains("404"));
    }

    @Test
    void aMessageIsAnsweredWithAGrowingPreview() {
        say("hello from the browser");
        assertThat(bot().last()).containsText("You said: hello from the browser");
        assertThat(page.locator(".message")).hasCount(2);
        assertThat(page.locator("#empty")).isHidden();
        assertThat(rig.bot().texts()).containsExactly("hello from the browser");
    }

    @Test
    void shiftEnterMakesALineAndEnterSends() {
        page.locator("#text").fill("one");
        page.keyboard().press("Shift+Enter");
        page.keyboard().type("two");
        page.keyboard().press("Enter");
        assertThat(bot().last()).containsText("two");
        assertThat(rig.bot().texts()).containsExactly("one\ntwo");
    }

    @Test
    void markdownBecomesElementsAndCodeCanBeCopied() {
        rig.bot().say(WebRig.MAIN, OutboundMessage.of(Samples.RICH));
        Locator message = bot().last();
        assertThat(message.locator("table td").first()).hasText("config");
        assertThat(message.locator(".language")).hasText("java");
        assertThat(message.locator("a").first())
                .hasAttribute("rel", "noopener noreferrer nofollow");
        context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
        message.locator(".code .copy").click();
        assertThat(message.locator(".code .copy")).containsText("Copied");
        assertThat((String) page.evaluate("navigator.clipboard.readText()"))
                .startsWith("record Point");
        picture("markdown-light");
    }

    @Test
    void hostileTextStaysText() {
        page.evaluate("window.hacked = false");
        for (String attack : Samples.ATTACKS) {
            rig.bot().say(WebRig.MAIN, OutboundMessage.of(attack));
        }
        assertThat(bot()).hasCount(Samples.ATTACKS.size());
        assertThat((Boolean) page.evaluate("window.hacked")).isFalse();
        String dangerous =
                "#log :is(script, iframe, object, form, style, img, svg:not(.message svg))";
        assertThat(page.locator(dangerous)).hasCount(0);
        assertThat((Boolean) page.evaluate(Samples.ONLY_SAFE_LINKS)).isTrue();
        say("<img src=x onerror=hacked=true> **not bold**");
        assertThat(person().last()).containsText("<img src=x onerror=hacked=true> **not bold**");
        assertThat((Boolean) page.evaluate("window.hacked")).isFalse();
    }

    @Test
    void aGiantMessageDoesNotBreakThePage() {
        rig.bot()
                .say(
                        WebRig.MAIN,
                        OutboundMessage.of(">".repeat(5_000) + " deep " + "x".repeat(50_000)));
        say("still here");
        assertThat(bot().last()).containsText("You said: still here");
        assertThat((Boolean) page.evaluate("document.body.scrollWidth <= innerWidth")).isTrue();
    }

    @Test
    void aButtonShowsItsOutcome() {
        ask();
        Locator allow = page.getByText("Allow once").first();
        assertThat(allow).isVisible();
        picture("approval-light");
        allow.click();
        assertThat(bot().last()).containsText("Allowed once: rm -rf build");
        assertThat(page.locator(".choice")).hasCount(0);
    }

    @Test
    void aButtonThatStaysShowsWhichOneWasPressedAfterAReload() {
        OutboundMessage menu = OutboundMessage.of("Delivery of this message is unknown.");
        rig.bot()
                .say(
                        WebRig.MAIN,
                        menu.withButtons(
                                List.of(
                                        List.of(
                                                new Button(
                                                        "Send again",
                                                        "resend:7:yes",
                                                        Button.Style.PRIMARY)))));
        page.getByText("Send again").click();
        assertThat(page.locator(".notice")).hasText("Allowed once");
        page.reload();
        assertThat(page.locator(".choice")).hasAttribute("aria-pressed", "true");
        assertThat(page.locator(".notice")).hasText("Allowed once");
    }

    @Test
    void filesGoBothWays(@TempDir Path directory) throws IOException {
        page.locator("#files")
                .setInputFiles(
                        new FilePayload[] {
                            new FilePayload("notes.txt", "text/plain", bytes("remember the milk")),
                            new FilePayload("sea.png", "image/png", picture(directory))
                        });
        assertThat(page.locator(".chip.done")).hasCount(2);
        say("two files");
        assertThat(person().last().locator("img")).hasCount(1);
        assertThat(person().last().locator(".file .name")).hasText("notes.txt");
        assertThat(bot().last()).containsText("You said: two files");
        Path report = Files.writeString(directory.resolve("report.pdf"), "%PDF-1.7");
        rig.bot()
                .say(
                        WebRig.MAIN,
                        OutboundMessage.of("Here is the report.")
                                .withAttachments(
                                        List.of(
                                                new Attachment(
                                                        "report.pdf",
                                                        "application/pdf",
                                                        8,
                                                        Optional.empty(),
                                                        Optional.of(report)))));
        Locator link = bot().last().locator("a.file");
        assertThat(link).containsText("report.pdf");
        assertThat(page.waitForDownload(link::click).suggestedFilename()).isEqualTo("report.pdf");
        assertThat(
                        (Boolean)
                                page.evaluate(
                                        "document.querySelector('.picture img').decode().then(() =>"
                                                + " true)"))
                .isTrue();
        picture("files-light");
    }

    @Test
    void commandsAreSuggestedAndCompletedWithTheKeyboard() {
        page.locator("#text").pressSequentially("/st");
        assertThat(page.locator(".option")).hasCount(3);
        page.keyboard().press("ArrowDown");
        picture("commands-light");
        page.keyboard().press("Enter");
        assertThat(page.locator("#text")).hasValue("/steer ");
        assertThat(page.locator("#suggestions")).isHidden();
    }

    @Test
    void aMessageWrittenWhileTheServerIsDownArrivesOnceAfterItsRestart() {
        say("before");
        assertThat(bot().last()).containsText("You said: before");
        int port = rig.stop();
        say("while it was down");
        assertThat(page.locator(".message.pending")).hasCount(1);
        assertThat(page.locator("#banner")).containsText("Reconnecting");
        picture("reconnecting-light");
        rig.start(port);
        assertThat(bot().last()).containsText("You said: while it was down");
        assertThat(page.locator("#banner")).isHidden();
        assertThat(page.locator(".message.pending")).hasCount(0);
        assertThat(person()).hasCount(2);
        assertThat(rig.bot().texts()).containsExactly("before", "while it was down");
        refuseOnlyConnectionErrors();
    }

    @Test
    void whatWasSaidWhileThePageWasGoneIsThereOnceAfterAReconnect() {
        say("first");
        assertThat(bot().last()).containsText("You said: first");
        int port = rig.stop();
        rig.start(port);
        rig.bot().say(WebRig.MAIN, OutboundMessage.of("news from after the restart"));
        assertThat(bot().last()).containsText("news from after the restart");
        assertThat(page.locator(".message")).hasCount(3);
        refuseOnlyConnectionErrors();
    }

    @Test
    void anUnsentMessageSurvivesAReloadOfThePageAndAFailingInbox() {
        rig.bot().failNext(3);
        say("persistent");
        assertThat(page.locator(".message.pending")).hasCount(1);
        page.reload();
        assertThat(bot().last()).containsText("You said: persistent");
        assertThat(person()).hasCount(1);
        assertThat(rig.bot().texts()).containsExactly("persistent");
        refuseOnlyConnectionErrors();
    }

    @Test
    void aPageThatIsNoLongerLetInSaysSoAndKeepsTheMessageUntilItIs() {
        context.clearCookies();
        say("quiet but kept");
        assertThat(page.locator("#banner")).containsText("locked");
        picture("locked-light");
        page.navigate(rig.http().signInAddress().toString());
        assertThat(person()).hasCount(1);
        assertThat(page.locator(".message.pending")).hasCount(0);
        assertThat(rig.bot().texts()).containsExactly("quiet but kept");
        refuseOnlyConnectionErrors();
    }

    @Test
    void twoChatsDoNotSeeEachOther() {
        say("in the main chat");
        assertThat(bot().last()).containsText("in the main chat");
        page.locator("#chats-button").click();
        assertThat(page.locator(".chat-link[aria-current]")).containsText("Main chat");
        page.locator("#new-chat").click();
        assertThat(page.locator("#empty")).isVisible();
        say("elsewhere");
        assertThat(bot().last()).containsText("You said: elsewhere");
        assertThat(page.locator(".message")).hasCount(2);
    }

    @Test
    void aPressThatNeedsNoWordsIsMarkedAsTakenAtOnce() {
        Button goOn = new Button("Continue", "command:continue", Button.Style.PRIMARY);
        rig.bot()
                .say(WebRig.MAIN, OutboundMessage.of("Go on?").withButtons(List.of(List.of(goOn))));
        page.locator(".choice").click();
        assertThat(page.locator(".choice")).hasAttribute("aria-pressed", "true");
        assertThat(page.locator(".choice .spinner")).hasCount(0);
    }

    @Test
    void theListOfChatsShowsWordsNotMarkup() {
        rig.bot().say(WebRig.MAIN, OutboundMessage.of("**Bold** news of `code`"));
        assertThat(bot().last()).containsText("Bold news");
        page.locator("#chats-button").click();
        assertThat(page.locator(".chat-link .last")).hasText("Bold news of code");
    }

    @Test
    void picturesThatLoadLateDoNotHideTheNewestWords() {
        say("x\n".repeat(40));
        assertThat(bot().last()).containsText("You said: x");
        page.evaluate(
                """
                () => {
                  const grow = document.querySelector(".message .words").style;
                  const list = document.getElementById("scroll");
                  grow.paddingBottom = "300px";
                  list.scrollTop = list.scrollHeight;
                  grow.paddingBottom = "1200px";
                }
                """);
        assertThat(page.locator("#latest")).isHidden();
        assertThat(bot().last()).isInViewport();
    }

    @Test
    void theThemeFollowsTheSystemUntilChosen() {
        String background = "getComputedStyle(document.body).backgroundColor";
        assertThat((String) page.evaluate(background)).isEqualTo("rgb(251, 250, 248)");
        page.locator("#theme-button").click();
        page.locator("#theme-button").click();
        assertThat((String) page.evaluate(background)).isEqualTo("rgb(22, 20, 18)");
        page.reload();
        assertThat((String) page.evaluate(background)).isEqualTo("rgb(22, 20, 18)");
    }

    @Test
    void everythingIsReachedAndNamedForTheKeyboardAndAScreenReader() {
        ask();
        assertThat(page.locator(".choice").first()).isVisible();
        assertThat(page.locator("#log")).hasAttribute("aria-live", "polite");
        assertThat((Boolean) page.evaluate(Samples.ALL_CONTROLS_NAMED)).isTrue();
        page.locator(".choice").first().focus();
        page.keyboard().press("Enter");
        assertThat(bot().last()).containsText("Allowed once");
    }

    @Test
    void thePageFitsAPhoneInTheDark() {
        tour(390, 844, ColorScheme.DARK, "phone-dark");
        assertThat((Boolean) page.evaluate("document.body.scrollWidth <= innerWidth")).isTrue();
    }

    @Test
    void thePageFitsTheNarrowestPhone() {
        tour(360, 640, ColorScheme.LIGHT, "narrow-light");
        assertThat((Boolean) page.evaluate("document.body.scrollWidth <= innerWidth")).isTrue();
    }

    @Test
    void theTourForTheReadme() {
        tour(1100, 1060, ColorScheme.LIGHT, "chat-light");
        tour(1100, 1060, ColorScheme.DARK, "chat-dark");
        tour(390, 844, ColorScheme.LIGHT, "phone-light");
    }

    private void tour(int width, int height, ColorScheme scheme, String name) {
        context.close();
        enter(width, height, scheme);
        if (page.locator(".message").count() == 0) {
            rig.bot()
                    .reply(
                            "Which modules are there, and which is largest?",
                            OutboundMessage.of(Samples.TOUR));
            say("Which modules are there, and which is largest?");
            assertThat(bot().last()).containsText("largest");
            rig.bot().reply("Then clean the build directory.", Samples.approval());
            say("Then clean the build directory.");
        }
        assertThat(page.locator(".choice").first()).isVisible();
        picture(name);
    }

    private void ask() {
        rig.bot().say(WebRig.MAIN, Samples.approval());
    }

    private void enter(int width, int height, ColorScheme scheme) {
        context =
                chromium.browser()
                        .newContext(
                                new Browser.NewContextOptions()
                                        .setViewportSize(width, height)
                                        .setDeviceScaleFactor(2)
                                        .setColorScheme(scheme));
        context.setDefaultTimeout(15_000);
        page = context.newPage();
        page.onPageError(problems::add);
        page.onConsoleMessage(
                message -> {
                    if (message.type().equals("error")) {
                        problems.add(message.text());
                    }
                });
        page.navigate(rig.http().signInAddress().toString());
        page.waitForFunction("document.getElementById('log') && document.fonts.ready");
        page.waitForResponse("**/web/events*", () -> page.reload());
    }

    /** A lost line is a console error in any browser; everything else is a fault of ours. */
    private void refuseOnlyConnectionErrors() {
        problems.removeIf(text -> text.contains("Failed to load resource"));
    }

    private void say(String text) {
        page.locator("#text").fill(text);
        page.locator("#send").click();
    }

    private Locator bot() {
        return page.locator(".message.bot");
    }

    private Locator person() {
        return page.locator(".message.person");
    }

    private void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] picture(Path directory) throws IOException {
        BufferedImage image = new BufferedImage(480, 270, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, (40 + y / 3) << 16 | (110 + x / 6) << 8 | 190 - y / 3);
            }
        }
        Path file = directory.resolve("sea.png");
        ImageIO.write(image, "png", file.toFile());
        return Files.readAllBytes(file);
    }
}
