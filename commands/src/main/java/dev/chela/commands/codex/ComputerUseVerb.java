package dev.chela.commands.codex;

import dev.chela.commands.CommandAnswer;
import dev.chela.commands.CommandCall;
import dev.chela.commands.CommandException;
import dev.chela.commands.Sanitised;
import dev.chela.harness.codex.Codex;
import dev.chela.harness.computeruse.PluginState;
import dev.chela.harness.computeruse.Readiness;
import dev.chela.harness.computeruse.Reason;
import dev.chela.harness.computeruse.Wish;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code /codex computer-use}: what of Computer Use is there, and setting it up (commands §2.9).
 * Anybody may look; installing is for owners, and so are options, which have the app-server look at
 * files of its machine.
 */
final class ComputerUseVerb implements Subcommand {

    private static final String NAME = "computer-use";
    private static final String STATUS = "status";
    private static final String INSTALL = "install";
    private static final String SOURCE = "--source";
    private static final String PATH = "--marketplace-path";
    private static final String MARKETPLACE = "--marketplace";
    private static final String PLUGIN = "--plugin";
    private static final String SERVER = "--server";
    private static final int NAME_CHARS_MAX = 80;
    private static final int TOOLS_MAX = 8;

    private final Codex codex;

    ComputerUseVerb(Codex codex) {
        this.codex = codex;
    }

    @Override
    public Syntax syntax() {
        return Syntax.bare(NAME, "whether Codex can drive the desktop; owners install it")
                .alias("computeruse")
                .words(
                        "[status|install] [--source <source>] [--marketplace-path <path>]"
                                + " [--marketplace <name>] [--plugin <name>] [--server <name>]",
                        0,
                        1)
                .options(SOURCE, PATH, MARKETPLACE, PLUGIN, SERVER)
                .alsoSpelled(SOURCE, "--marketplace-source")
                .alsoSpelled(PATH, "--path")
                .alsoSpelled(SERVER, "--mcp-server");
    }

    @Override
    public CommandAnswer run(CommandCall call, Arguments arguments) {
        String action = arguments.word(0).orElse(STATUS);
        Wish.Changes changes =
                new Wish.Changes(
                        arguments.option(SOURCE),
                        arguments.option(PATH),
                        arguments.option(MARKETPLACE),
                        arguments.option(PLUGIN),
                        arguments.option(SERVER));
        return switch (action) {
            case STATUS -> {
                refuseStrangers(call, !changes.isEmpty(), "look elsewhere with options");
                yield CommandAnswer.say(
                        words(
                                Troubles.told(
                                        "Computer Use was not looked at",
                                        () -> codex.computerUse(Agent.of(call), changes))));
            }
            case INSTALL -> {
                refuseStrangers(call, true, "install");
                yield CommandAnswer.say(installed(call, changes));
            }
            default -> CommandAnswer.say("Usage: `%s`".formatted(syntax().usage()));
        };
    }

    private static void refuseStrangers(CommandCall call, boolean reaching, String what) {
        if (reaching && !call.source().owner()) {
            throw new CommandException(
                    "`/codex %s` reaches beyond this chat: to %s is for the owner of this bot."
                            .formatted(NAME, what));
        }
    }

    private String installed(CommandCall call, Wish.Changes changes) {
        String agent = Agent.of(call);
        Readiness found =
                Troubles.told(
                        "Computer Use was not installed",
                        () -> codex.installComputerUse(agent, changes));
        StringBuilder answer = new StringBuilder(words(found));
        if (found.isReady()) {
            answer.append("\n\nA conversation that is under way has it after `/new`.");
            if (!codex.asksForComputerUse(agent)) {
                answer.append(
                        " Turns run without it, too; `plugins.entries.codex.config.computerUse."
                                + "enabled: true` has each turn make sure that it is there.");
            }
        }
        return answer.toString();
    }

    private static String words(Readiness found) {
        StringBuilder lines = new StringBuilder();
        lines.append("- Computer Use: ").append(state(found.reason())).append('\n');
        if (found.reason() != Reason.DISABLED) {
            lines.append("- Plugin: %s, %s\n".formatted(code(found.pluginName()), plugin(found)));
            lines.append("- MCP server: %s, %s\n".formatted(code(found.server()), server(found)));
            lines.append(
                    "- Marketplace: %s\n"
                            .formatted(
                                    found.marketplace()
                                            .map(ComputerUseVerb::code)
                                            .orElse("none found")));
            if (!found.tools().isEmpty()) {
                lines.append("- Tools: ").append(tools(found.tools())).append('\n');
            }
        }
        return lines.append("\n").append(found.message()).toString();
    }

    private static String state(Reason reason) {
        return switch (reason) {
            case READY -> "ready";
            case DISABLED -> "disabled";
            case MARKETPLACE_MISSING,
                    PLUGIN_NOT_INSTALLED,
                    PLUGIN_DISABLED,
                    REMOTE_INSTALL_UNSUPPORTED,
                    MCP_MISSING,
                    CHECK_FAILED,
                    AUTO_INSTALL_BLOCKED ->
                    "not ready (`%s`)".formatted(reason.code());
        };
    }

    private static String plugin(Readiness found) {
        return switch (found.plugin()) {
            case INSTALLED -> "installed";
            case SWITCHED_OFF -> "installed, disabled";
            case NOT_INSTALLED -> "not installed";
            case UNKNOWN -> "not found";
        };
    }

    private static String server(Readiness found) {
        if (!found.tools().isEmpty()) {
            return found.tools().size() + (found.tools().size() == 1 ? " tool" : " tools");
        }
        return found.plugin() == PluginState.INSTALLED ? "no tools" : "not looked at";
    }

    private static String tools(List<String> names) {
        String shown =
                names.stream()
                        .limit(TOOLS_MAX)
                        .map(ComputerUseVerb::code)
                        .collect(Collectors.joining(", "));
        return names.size() > TOOLS_MAX ? shown + ", …" : shown;
    }

    private static String code(String foreign) {
        return Sanitised.code(foreign, NAME_CHARS_MAX);
    }
}
