package dev.chela.channels.web.kit;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A headless Chromium for tests: the one of {@code CHELA_CHROMIUM}, else the system's, else one
 * that is fetched. A test that cannot have one fails and says how to get it.
 */
public final class Chromium implements AutoCloseable {

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    private static final List<String> FLAGS =
            List.of(
                    "--no-sandbox",
                    "--disable-quic",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-dev-shm-usage",
                    "--no-first-run");
    private static final Path APT = Path.of("/usr/bin/apt-get");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /**
     * Launches it.
     *
     * @throws IllegalStateException with the command to run, and why what was tried failed
     */
    public static Chromium launch() {
        List<String> failed = new ArrayList<>();
        Optional<Path> found = find();
        if (found.isEmpty() && isRoot() && Files.isExecutable(APT)) {
            SystemPackages.install(APT, "chromium").ifPresent(failed::add);
            found = find();
        }
        return launch(found, Map.of(), failed);
    }

    /**
     * Launches what was found, or what the browser tool fetches.
     *
     * @param failed what was tried before, and why it failed
     */
    static Chromium launch(
            Optional<Path> found, Map<String, String> variables, List<String> failed) {
        Playwright playwright = null;
        try {
            playwright = Playwright.create(creation(found, variables));
            return new Chromium(playwright, playwright.chromium().launch(options(found)));
        } catch (RuntimeException e) { // its driver throws bare ones where a download fails
            if (playwright != null) {
                playwright.close();
            }
            List<String> all = new ArrayList<>(failed);
            all.add(
                    found.map(path -> path + " did not start")
                                    .orElse("Playwright's own did not start")
                            + ": "
                            + reason(e));
            throw new IllegalStateException(
                    "no Chromium starts here; run: %s (or set CHELA_CHROMIUM to one).%n%s"
                            .formatted(command(), String.join(System.lineSeparator(), all)),
                    e);
        }
    }

    private static Playwright.CreateOptions creation(
            Optional<Path> found, Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>(variables);
        found.ifPresent(path -> environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
        return new Playwright.CreateOptions().setEnv(environment);
    }

    private static BrowserType.LaunchOptions options(Optional<Path> found) {
        BrowserType.LaunchOptions options =
                new BrowserType.LaunchOptions().setHeadless(true).setArgs(FLAGS);
        found.ifPresent(options::setExecutablePath);
        return options;
    }

    private static String command() {
        return (isRoot() ? "" : "sudo ") + "apt-get install -y chromium";
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).strip();
    }

    public Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    private static Optional<Path> find() {
        Optional<Path> chosen = Optional.ofNullable(System.getenv("CHELA_CHROMIUM")).map(Path::of);
        if (chosen.isPresent()) {
            return chosen;
        }
        String path = System.getenv().getOrDefault("PATH", "/usr/bin");
        return Stream.concat(Stream.of(path.split(":")), Stream.of("/usr/bin", "/snap/bin"))
                .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
