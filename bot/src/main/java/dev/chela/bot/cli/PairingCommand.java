package dev.chela.bot.cli;

import dev.chela.bot.web.Controls;
import dev.chela.config.json5.Json5Writer;
import dev.chela.config.json5.Node;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code chela pairing}: who may talk to the bot. */
@Command(
        name = "pairing",
        description = "Let people in who wrote to the bot and got a code.",
        mixinStandardHelpOptions = true)
final class PairingCommand {

    private static final Clock CLOCK = Clock.systemUTC();

    @ParentCommand private Main main = new Main();

    @Command(name = "list", description = "Show who waits.", mixinStandardHelpOptions = true)
    int list(
            @Parameters(
                            arity = "0..1",
                            paramLabel = "CHANNEL",
                            description = "only this one, for example telegram")
                    Optional<String> channel,
            @Option(names = "--account", paramLabel = "ID", description = "only this account")
                    Optional<String> account) {
        Node.Obj all;
        try (Desks desks = Desks.open(main.surroundings())) {
            all = desks.pairings();
        }
        List<Node.Obj> requests =
                Words.list(all, "requests").stream()
                        .filter(fits("channel", channel))
                        .filter(fits("account", account))
                        .toList();
        if (main.printsJson()) {
            System.out.println(
                    Json5Writer.json(Node.Obj.empty().with("requests", Words.array(requests))));
        } else if (requests.isEmpty()) {
            System.out.println(
                    "Nobody waits. Somebody who writes to the bot for the first time gets a code.");
        } else {
            requests.forEach(PairingCommand::show);
            System.out.println("Let somebody in with: chela pairing approve CHANNEL CODE");
        }
        return 0;
    }

    @Command(
            name = "approve",
            description = "Let in whoever got this code. The first person let in is the owner.",
            mixinStandardHelpOptions = true)
    int approve(
            @Parameters(index = "0", paramLabel = "CHANNEL", description = "for example telegram")
                    String channel,
            @Parameters(index = "1", paramLabel = "CODE", description = "the code they got")
                    String code,
            @Option(names = "--account", paramLabel = "ID", description = "the bot's account")
                    Optional<String> account,
            @Option(names = "--notify", description = "tell them in the chat") boolean notify) {
        Optional<Node.Obj> approved;
        try (Desks desks = Desks.open(main.surroundings())) {
            approved = desks.approve(channel, code, account, notify);
        }
        Node.Obj person =
                approved.orElseThrow(() -> new RefusedException(Controls.unknownCode(channel)));
        if (main.printsJson()) {
            System.out.println(Json5Writer.json(person));
            return 0;
        }
        System.out.println(
                "%s may now talk to the bot on %s (%s)."
                        .formatted(who(person), at(person), Words.shown(person, "person")));
        if (Words.isTrue(person, "owner")) {
            System.out.println(
                    "They are the first one let in, so they are the owner: their commands and"
                            + " approvals count.");
        }
        if (notify) {
            System.out.println(
                    Words.isTrue(person, "notified")
                            ? "They are told in the chat."
                            : "They are not told: for that the bot must run, with that channel on."
                                    + " Tell them yourself to write again.");
        }
        return 0;
    }

    private static java.util.function.Predicate<Node.Obj> fits(
            String key, Optional<String> wanted) {
        return request ->
                wanted.filter(one -> !one.equalsIgnoreCase(Words.text(request, key))).isEmpty();
    }

    private static void show(Node.Obj request) {
        System.out.printf(
                "%-9s %-20s %s  %s, %s%n",
                Words.shown(request, "code"),
                at(request),
                who(request),
                Words.shown(request, "person"),
                left(Words.text(request, "expiresAt")));
    }

    private static String at(Node.Obj person) {
        String account = Words.shown(person, "account");
        String channel = Words.shown(person, "channel");
        return account.equals("default") ? channel : channel + "/" + account;
    }

    private static String who(Node.Obj person) {
        String name = Words.shown(person, "name");
        return name.isEmpty() ? Words.shown(person, "person") : name;
    }

    private static String left(String expiresAt) {
        long minutes = Duration.between(CLOCK.instant(), Instant.parse(expiresAt)).toMinutes();
        return minutes < 1 ? "valid for less than a minute" : "valid for " + minutes + " min";
    }
}
