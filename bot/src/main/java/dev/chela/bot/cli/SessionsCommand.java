package dev.chela.bot.cli;

import dev.chela.config.SessionConfig.MaintenanceMode;
import dev.chela.config.json5.Json5Writer;
import dev.chela.config.json5.Node;
import dev.chela.harness.session.Archives;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code chela sessions}: what is talked about, what was, and back to it. */
@Command(
        name = "sessions",
        description = "Show sessions, take an earlier one up again.",
        mixinStandardHelpOptions = true)
final class SessionsCommand implements Callable<Integer> {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final int ID_CHARS = 8;

    @ParentCommand private Main main = new Main();

    @Option(
            names = "--active",
            paramLabel = "MINUTES",
            description = "only those used in the last so many minutes")
    private Optional<Integer> active = Optional.empty();

    /** Without a subcommand: the list. */
    @Override
    public Integer call() {
        Node.Obj all;
        try (Desks desks = Desks.open(main.surroundings())) {
            all = desks.sessions();
        }
        List<Node.Obj> sessions = Words.list(all, "sessions").stream().filter(recent()).toList();
        List<Node.Obj> archives = Words.list(all, "archives");
        if (main.printsJson()) {
            System.out.println(Json5Writer.json(all.with("sessions", Words.array(sessions))));
            return 0;
        }
        if (sessions.isEmpty()) {
            System.out.println("No session. One begins with the first message to the bot.");
        }
        sessions.forEach(SessionsCommand::show);
        if (active.isEmpty() && !archives.isEmpty()) {
            System.out.println("%nEarlier ones:".formatted());
            archives.forEach(SessionsCommand::showArchive);
            System.out.println("Take one up again with: chela sessions restore ID");
        }
        return 0;
    }

    @Command(
            name = "restore",
            description = "Take an earlier session up again; the present one is kept.",
            mixinStandardHelpOptions = true)
    int restore(
            @Parameters(paramLabel = "ID", description = "its first 8 characters are enough")
                    String id) {
        if (id.length() < Archives.PREFIX_MIN) {
            throw new RefusedException(
                    "give at least the first %d characters of the id; chela sessions lists them"
                            .formatted(Archives.PREFIX_MIN));
        }
        Node.Obj result;
        try (Desks desks = Desks.open(main.surroundings())) {
            result = desks.restore(id);
        }
        switch (Words.text(result, "result")) {
            case "restored" -> told(result);
            case "busy" ->
                    throw new RefusedException(
                            "the agent is at work in that session; wait for it, or stop it in the"
                                    + " chat with /stop, then try again");
            case "thread elsewhere" ->
                    throw new RefusedException(
                            "its Codex thread is now that of %s; /codex detach there sets it free"
                                    .formatted(Words.text(result, "session")));
            case "ambiguous" ->
                    throw new RefusedException(
                            "more than one session begins with %s; give more of its id"
                                    .formatted(id));
            default ->
                    throw new RefusedException(
                            "no earlier session has the id %s; chela sessions lists them"
                                    .formatted(id));
        }
        return 0;
    }

    @Command(
            name = "export",
            description = "Print a session's transcript as JSON lines.",
            mixinStandardHelpOptions = true)
    int export(
            @Parameters(paramLabel = "SESSION", description = "its key, or an id") String session) {
        Optional<Node.Obj> transcript;
        try (Desks desks = Desks.open(main.surroundings())) {
            transcript = desks.export(session);
        }
        Node.Obj found =
                transcript.orElseThrow(
                        () ->
                                new RefusedException(
                                        "nothing is kept of %s; chela sessions lists what there is"
                                                .formatted(session)));
        if (found.get("lines").orElseThrow() instanceof Node.Arr lines) {
            lines.items().forEach(line -> System.out.println(Words.bare(line)));
        }
        return 0;
    }

    @Command(
            name = "cleanup",
            description =
                    "Archive what was not used for long and remove old archives, as"
                            + " session.maintenance says.",
            mixinStandardHelpOptions = true)
    int cleanup(
            @Option(names = "--dry-run", description = "only say what would be done")
                    boolean dryRun,
            @Option(names = "--enforce", description = "also when the mode is warn")
                    boolean enforce) {
        boolean warns =
                main.surroundings().load().config().session().maintenance().mode()
                        == MaintenanceMode.WARN;
        boolean acts = !dryRun && (enforce || !warns);
        Node.Obj report;
        try (Desks desks = Desks.open(main.surroundings())) {
            report = desks.cleanup(acts);
        }
        if (main.printsJson()) {
            System.out.println(Json5Writer.json(report));
            return 0;
        }
        System.out.printf(
                "%s: %s sessions archived, %s archives and %s trajectories removed; transcripts"
                        + " take %s bytes.%n",
                acts ? "Done" : "Nothing was changed. Due",
                Words.text(report, "archived"),
                Words.text(report, "removed"),
                Words.text(report, "trajectories"),
                Words.text(report, "bytes"));
        return 0;
    }

    private void told(Node.Obj result) {
        if (main.printsJson()) {
            System.out.println(Json5Writer.json(result));
            return;
        }
        System.out.println("%s goes on as it was.".formatted(Words.shown(result, "session")));
        String replaced = Words.text(result, "replaced");
        if (!replaced.isEmpty()) {
            System.out.println(
                    "What was there until now is kept: chela sessions restore " + brief(replaced));
        }
    }

    private Predicate<Node.Obj> recent() {
        return session ->
                active.map(Duration::ofMinutes)
                        .map(CLOCK.instant()::minus)
                        .filter(Instant.parse(Words.text(session, "updatedAt"))::isBefore)
                        .isEmpty();
    }

    private static void show(Node.Obj session) {
        System.out.printf(
                "%-48s %s%s%s%n",
                Words.shown(session, "key"),
                "used " + ago(Words.text(session, "updatedAt")),
                Words.isTrue(session, "running") ? ", a turn runs" : "",
                Words.text(session, "queued").equals("0")
                        ? ""
                        : ", " + Words.text(session, "queued") + " waiting");
    }

    private static void showArchive(Node.Obj archive) {
        System.out.printf(
                "%s  %-38s ended %s (%s), %s message%s%n",
                brief(Words.shown(archive, "id")),
                Words.shown(archive, "key"),
                ago(Words.text(archive, "endedAt")),
                Words.shown(archive, "reason"),
                Words.text(archive, "messages"),
                Words.text(archive, "messages").equals("1") ? "" : "s");
    }

    private static String brief(String id) {
        return id.length() <= ID_CHARS ? id : id.substring(0, ID_CHARS);
    }

    private static String ago(String instant) {
        Duration since = Duration.between(Instant.parse(instant), CLOCK.instant());
        if (since.toDays() > 0) {
            return since.toDays() + " d ago";
        }
        if (since.toHours() > 0) {
            return since.toHours() + " h ago";
        }
        return since.toMinutes() > 0 ? since.toMinutes() + " min ago" : "just now";
    }
}
