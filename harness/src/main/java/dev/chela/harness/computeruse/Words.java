package dev.chela.harness.computeruse;

import dev.chela.harness.Legible;
import dev.chela.harness.appserver.AppServerException;
import dev.chela.harness.appserver.RpcFailedException;
import dev.chela.harness.appserver.RpcRefusal;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is missing, where it is set, and the next step; Markdown. */
final class Words {

    private static final String AT = "`plugins.entries.codex.config.computerUse.";
    private static final String INSTALL = "`/codex computer-use install`";
    private static final String SIGN_IN = "`chela models auth login --device-code`";
    private static final Pattern USER_OF_ADDRESS = Pattern.compile("://[^/@\\s]+@");
    private static final int NAME_CHARS_MAX = 80;
    private static final int TEXT_CHARS_MAX = 300;
    private static final int NAMES_MAX = 8;

    private final Wish wish;

    Words(Wish wish) {
        this.wish = wish;
    }

    String disabled() {
        return "Turns do not ask for Computer Use; " + AT + "enabled` switches that on.";
    }

    String ready() {
        return "Its tools are there.";
    }

    String pluginsOff() {
        return """
        Codex's plugins are switched off, by `features.plugins` in `config.toml` of its \
        `CODEX_HOME`. %s switches them on.\
        """
                .formatted(INSTALL);
    }

    String missing(Search search) {
        return switch (search) {
            case Search.Nothing(int unreadable) -> nothing(unreadable);
            case Search.Ambiguous(List<String> names) ->
                    """
                    Several marketplaces have the plugin %s: %s. Name one in %smarketplaceName`, \
                    or its file in %smarketplacePath`.\
                    """
                            .formatted(plugin(), listed(names), AT, AT);
            case Search.Refused(String words) ->
                    """
                    The marketplace %s cannot give the plugin %s: %s. Correct \
                    %smarketplacePath`, or name another one: %s `--marketplace-path <path>`.\
                    """
                            .formatted(
                                    name(wish.path().orElse("")),
                                    plugin(),
                                    text(words),
                                    AT,
                                    INSTALL);
            case Search.Hit(Found found) -> notInstalled(found);
        };
    }

    private String nothing(int unreadable) {
        String which =
                wish.marketplace()
                        .map(
                                name ->
                                        "Codex knows no marketplace %s with the plugin %s."
                                                .formatted(name(name), plugin()))
                        .orElseGet(
                                () ->
                                        "No marketplace that Codex knows has the plugin %s."
                                                .formatted(plugin()));
        String broken =
                unreadable == 0
                        ? ""
                        : " %d marketplace file(s) could not be read.".formatted(unreadable);
        return """
        %s%s Name one in %smarketplacePath`, or in %smarketplaceSource` and then run %s. \
        OpenAI's own marketplaces are there only with a ChatGPT sign-in.\
        """
                .formatted(which, broken, AT, AT, INSTALL);
    }

    String endedEarly() {
        return "Chela stops, so nothing is waited for any more. Ask again after the next start.";
    }

    String notInstalled(Found found) {
        return """
        The plugin %s of the marketplace %s is not installed. Run %s, or set \
        %sautoInstall: true`.\
        """
                .formatted(plugin(), name(found.marketplace()), INSTALL, AT);
    }

    String switchedOff(Found found) {
        String which = "The plugin %s of the marketplace %s";
        return (found.isForbidden()
                        ? which + " was switched off by an administrator."
                        : which
                                + " is installed, but switched off in Codex. "
                                + INSTALL
                                + " switches it on.")
                .formatted(plugin(), name(found.marketplace()));
    }

    String refused(Found found, RpcFailedException cause) {
        return "Codex did not install the plugin %s of the marketplace %s: %s."
                .formatted(plugin(), name(found.marketplace()), text(cause.getMessage()));
    }

    String remote(Found found, RpcFailedException cause) {
        boolean signIn = cause.refusal() == RpcRefusal.SIGN_IN_REQUIRED;
        return """
        The plugin %s is in %s, a marketplace of OpenAI's catalogue, and this app-server did not \
        install it from there: %s. %s a marketplace on its machine in %smarketplacePath`.\
        """
                .formatted(
                        plugin(),
                        name(found.marketplace()),
                        signIn ? "that wants a ChatGPT account" : text(cause.getMessage()),
                        signIn ? "Sign in with " + SIGN_IN + ", or name" : "Name",
                        AT);
    }

    String blocked() {
        return """
        The plugin %s would have to come from %smarketplaceSource`, which a turn never adds to \
        Codex. Run %s once.\
        """
                .formatted(plugin(), AT, INSTALL);
    }

    String sourceRefused(RpcFailedException cause) {
        return "Codex did not take the marketplace's source: %s. Correct %smarketplaceSource`."
                .formatted(text(cause.getMessage()), AT);
    }

    String noServer() {
        return """
        Codex has no MCP server %s, though the plugin %s is installed. Correct %smcpServerName`, \
        or have it loaded anew with %s.\
        """
                .formatted(name(wish.server()), plugin(), AT, INSTALL);
    }

    /**
     * The server is there and of no use.
     *
     * @param why foreign; may be empty
     */
    String noTools(String why) {
        return """
        The MCP server %s has no tools%s. Computer Use runs on macOS alone and wants its \
        permissions there; %s loads it anew.\
        """
                .formatted(name(wish.server()), why.isEmpty() ? "" : ": " + text(why), INSTALL);
    }

    String failed(AppServerException cause, String version) {
        return cause instanceof RpcFailedException refused
                        && (refused.refusal() == RpcRefusal.UNKNOWN_METHOD
                                || refused.refusal() == RpcRefusal.UNSUPPORTED)
                ? """
                Plugins are unsupported by this Codex app-server: version `%s` has no `%s`. Use a \
                newer one, or set %senabled: false`.\
                """
                        .formatted(version, refused.method(), AT)
                : "Codex could not be asked for Computer Use: %s. `/codex status` says more."
                        .formatted(text(cause.getMessage()));
    }

    private String plugin() {
        return name(wish.plugin());
    }

    private static String listed(List<String> names) {
        String shown =
                names.stream().limit(NAMES_MAX).map(Words::name).collect(Collectors.joining(", "));
        return names.size() > NAMES_MAX ? shown + ", …" : shown;
    }

    private static String name(String foreign) {
        return code(foreign, NAME_CHARS_MAX);
    }

    /** What git says of an address may hold what it signs in with. */
    private static String text(String foreign) {
        return code(USER_OF_ADDRESS.matcher(foreign).replaceAll("://***@"), TEXT_CHARS_MAX);
    }

    /** Stands in a code span, where nothing of it is markup. */
    private static String code(String foreign, int charsMax) {
        return "`" + Legible.redacted(foreign, charsMax).replace('`', '\'') + "`";
    }
}
