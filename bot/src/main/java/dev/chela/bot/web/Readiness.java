package dev.chela.bot.web;

import dev.chela.channels.Channels;
import dev.chela.config.ChannelsConfig;
import dev.chela.config.json5.Node;
import dev.chela.config.json5.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Whether every channel that the config enables hears its platform, and what is wrong if not. */
public final class Readiness {

    private final BooleanSupplier begun;
    private final Supplier<ChannelsConfig> config;
    private final Supplier<List<Channels.Status>> channels;

    /**
     * Judges the channels there are against those the config asks for.
     *
     * @param begun whether the start has come to its end and no stop has begun
     */
    public Readiness(
            BooleanSupplier begun,
            Supplier<ChannelsConfig> config,
            Supplier<List<Channels.Status>> channels) {
        this.begun = begun;
        this.config = config;
        this.channels = channels;
    }

    /** One enabled channel account. */
    public record Line(
            String channel, String account, boolean listening, Optional<String> problem) {

        @Override
        public String toString() {
            return "%s/%s %s"
                    .formatted(
                            channel,
                            account,
                            listening ? "listening" : problem.orElse("not listening yet"));
        }
    }

    /** Whether nothing is missing. */
    public boolean isReady() {
        return begun.getAsBoolean() && lines().stream().allMatch(Line::listening);
    }

    /** Every enabled channel account, also one that could not even be built. */
    public List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (Channels.Status one : channels.get()) {
            lines.add(
                    new Line(
                            one.id(),
                            one.account(),
                            one.health().listening(),
                            one.health().problem()));
        }
        for (Line wanted : wanted(config.get())) {
            boolean there =
                    lines.stream()
                            .anyMatch(
                                    line ->
                                            line.channel().equals(wanted.channel())
                                                    && line.account().equals(wanted.account()));
            if (!there) {
                lines.add(wanted);
            }
        }
        return lines;
    }

    /** For {@code /readyz}: a line a channel. */
    public String text() {
        StringBuilder text = new StringBuilder(isReady() ? "ready\n" : "not ready\n");
        if (!begun.getAsBoolean()) {
            text.append("the bot starts or stops\n");
        }
        lines().forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /** For the command line. */
    public Node.Arr json() {
        return new Node.Arr(lines().stream().<Node>map(Readiness::json).toList(), Span.NOWHERE);
    }

    private static Node.Obj json(Line line) {
        Node.Obj shown =
                Node.Obj.empty()
                        .with("channel", Node.Text.of(line.channel()))
                        .with("account", Node.Text.of(line.account()))
                        .with("listening", new Node.Bool(line.listening(), Span.NOWHERE));
        return line.problem()
                .map(problem -> shown.with("problem", Node.Text.of(problem)))
                .orElse(shown);
    }

    private static List<Line> wanted(ChannelsConfig config) {
        List<Line> wanted = new ArrayList<>();
        config.telegram()
                .filter(all -> all.base().settings().enabled())
                .ifPresent(
                        all ->
                                all.accounts()
                                        .forEach(
                                                (id, account) -> {
                                                    if (account.settings().enabled()) {
                                                        wanted.add(unbuilt("telegram", id));
                                                    }
                                                }));
        config.discord()
                .filter(all -> all.base().settings().enabled())
                .ifPresent(all -> wanted.add(unknown("discord")));
        config.slack()
                .filter(all -> all.base().settings().enabled())
                .ifPresent(all -> wanted.add(unknown("slack")));
        return wanted;
    }

    private static Line unbuilt(String channel, String account) {
        return new Line(
                channel,
                account,
                false,
                Optional.of("not started: its token is missing, see the log"));
    }

    private static Line unknown(String channel) {
        return new Line(
                channel,
                "default",
                false,
                Optional.of("not in this version of Chela yet; set enabled: false"));
    }
}
