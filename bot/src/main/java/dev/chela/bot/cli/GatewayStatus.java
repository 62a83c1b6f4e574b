package dev.chela.bot.cli;

import dev.chela.config.json5.Node;
import dev.chela.config.json5.Span;
import dev.chela.config.state.Holder;
import dev.chela.config.state.InstanceHeldException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the bot of a state directory is, as far as it can be seen from outside.
 *
 * @param holder the process that holds the directory, if it can be named
 * @param answer what it said about itself
 * @param problem why it said nothing; empty also where nothing runs
 */
record GatewayStatus(Optional<Holder> holder, Optional<Node.Obj> answer, Optional<String> problem) {

    static GatewayStatus of(Surroundings here) {
        Optional<Holder> holder = Optional.empty();
        try {
            holder = RunningBot.holder(here);
            Optional<RunningBot> bot =
                    holder.isPresent() ? RunningBot.find(here) : Optional.empty();
            if (bot.isEmpty()) {
                return new GatewayStatus(Optional.empty(), Optional.empty(), Optional.empty());
            }
            try (RunningBot running = bot.get()) {
                return new GatewayStatus(holder, Optional.of(running.status()), Optional.empty());
            }
        } catch (RefusedException | InstanceHeldException silent) {
            return new GatewayStatus(
                    holder, Optional.empty(), Optional.of(String.valueOf(silent.getMessage())));
        }
    }

    private boolean isRunning() {
        return holder.isPresent() || problem.isPresent();
    }

    boolean isReady() {
        return answer.filter(said -> Words.isTrue(said, "ready")).isPresent();
    }

    /** For a person. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!isRunning()) {
            lines.add("gateway  not running; start it with: chela gateway run");
            return lines;
        }
        lines.add(
                holder.map(this::named)
                        .orElse("gateway  something runs, but cannot be asked how it is"));
        problem.ifPresent(words -> lines.add("problem  " + words));
        answer.ifPresent(said -> describe(said, lines));
        return lines;
    }

    private String named(Holder process) {
        return "gateway  process %d, started %s, %s"
                .formatted(
                        process.pid(),
                        process.start().instant(),
                        isReady() ? "ready" : "not ready");
    }

    private static void describe(Node.Obj said, List<String> lines) {
        lines.add("address  " + Words.shown(said, "address"));
        for (Node.Obj channel : Words.list(said, "channels")) {
            String trouble = Words.shown(channel, "problem");
            String state =
                    Words.isTrue(channel, "listening")
                            ? "listening"
                            : trouble.isEmpty() ? "not listening yet" : trouble;
            lines.add(
                    "channel  %s/%s %s"
                            .formatted(
                                    Words.shown(channel, "channel"),
                                    Words.shown(channel, "account"),
                                    state));
        }
        lines.add("turns    " + Words.shown(said, "turns") + " running");
        if (said.get("configWarnings").isPresent()
                && !Words.shown(said, "configWarnings").equals("0")) {
            lines.add(
                    "config   %s warnings, see chela config validate"
                            .formatted(Words.shown(said, "configWarnings")));
        }
        if (!Words.shown(said, "waitingPairings").equals("0")) {
            lines.add(
                    "pairing  %s waiting, see chela pairing list"
                            .formatted(Words.shown(said, "waitingPairings")));
        }
    }

    Node.Obj json() {
        Node.Obj shown = Node.Obj.empty().with("running", Words.bool(isRunning()));
        if (holder.isPresent()) {
            shown =
                    shown.with(
                                    "pid",
                                    new Node.Num(
                                            BigDecimal.valueOf(holder.get().pid()), Span.NOWHERE))
                            .with("start", Node.Text.of(holder.get().start().instant().toString()))
                            .with(
                                    "port",
                                    new Node.Num(
                                            BigDecimal.valueOf(holder.get().port()), Span.NOWHERE));
        }
        if (answer.isPresent()) {
            for (Node.Member member : answer.get().members()) {
                shown = shown.with(member.key(), member.value());
            }
        }
        return problem.isPresent() ? shown.with("problem", Node.Text.of(problem.get())) : shown;
    }
}
