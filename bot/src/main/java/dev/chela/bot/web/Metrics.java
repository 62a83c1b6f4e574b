package dev.chela.bot.web;

import dev.chela.channels.Channels;
import dev.chela.channels.http.Access;
import dev.chela.channels.http.Call;
import dev.chela.channels.http.LocalHttp;
import dev.chela.harness.appserver.AppServerHealth;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code /metrics} for Prometheus: counts and states, never a name or a text of a person. The
 * library is loaded by the first scrape, so a start does not pay for it.
 */
public final class Metrics {

    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final int OK = 200;

    private final Vitals vitals;
    private @Nullable Meters meters;

    private Metrics(Vitals vitals) {
        this.vitals = vitals;
    }

    /** Mounts it, open to everyone who reaches the port. */
    public static void mount(LocalHttp http, Vitals vitals) {
        Metrics metrics = new Metrics(vitals);
        http.mount("/metrics", Access.OPEN, metrics::answer);
    }

    private void answer(Call call) throws IOException {
        call.expect("GET");
        call.send(OK, TYPE, scrape().getBytes(StandardCharsets.UTF_8));
    }

    private synchronized String scrape() {
        Meters known = meters;
        if (known == null) {
            known = new Meters(vitals);
            meters = known;
        }
        return known.scrape();
    }

    /** The meters of one process. */
    private static final class Meters {

        private final Vitals vitals;
        private final PrometheusMeterRegistry registry =
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        private final MultiGauge inbox = gauge("chela.inbox.rows", "inbox rows by outcome");
        private final MultiGauge outbox = gauge("chela.outbox.parts", "outgoing parts by state");
        private final MultiGauge turns = gauge("chela.turns.ended", "turns since the start");
        private final MultiGauge turnSeconds =
                gauge("chela.turns.ended.seconds", "their time together");
        private final MultiGauge channels =
                gauge("chela.channel.listening", "1 while a channel hears its platform");
        private final MultiGauge servers =
                gauge("chela.appserver.state", "1 for the state an agent's app-server is in");
        private final MultiGauge serverStarts =
                gauge("chela.appserver.starts", "starts since the process began");
        private final MultiGauge serverMemory =
                gauge("chela.appserver.resident.bytes", "memory of an app-server");
        private final MultiGauge faults =
                gauge("chela.rpc.faults", "what went wrong on a connection without ending it");

        Meters(Vitals vitals) {
            this.vitals = vitals;
            new JvmMemoryMetrics().bindTo(registry);
            new JvmThreadMetrics().bindTo(registry);
            Gauge.builder("chela.turns.running", vitals, Vitals::running)
                    .description("turns that run now")
                    .strongReference(true)
                    .register(registry);
            Gauge.builder("chela.database.waiting", vitals, all -> all.database().writes())
                    .description("jobs that wait for the database")
                    .tag("kind", "write")
                    .strongReference(true)
                    .register(registry);
            Gauge.builder("chela.database.waiting", vitals, all -> all.database().reads())
                    .description("jobs that wait for the database")
                    .tag("kind", "read")
                    .strongReference(true)
                    .register(registry);
        }

        String scrape() {
            inbox.register(rows("outcome", vitals.inbox()), true);
            outbox.register(rows("state", vitals.outbox()), true);
            List<Row<?>> counts = new ArrayList<>();
            List<Row<?>> times = new ArrayList<>();
            vitals.turns()
                    .forEach(
                            (outcome, count) -> {
                                Tags tags = Tags.of("outcome", outcome);
                                counts.add(Row.of(tags, count.turns()));
                                times.add(Row.of(tags, count.time().toMillis() / 1000.0));
                            });
            turns.register(counts, true);
            turnSeconds.register(times, true);
            channels.register(vitals.channels().stream().<Row<?>>map(Meters::row).toList(), true);
            servers(vitals.appServers());
            return registry.scrape();
        }

        private void servers(List<AppServerHealth> all) {
            List<Row<?>> states = new ArrayList<>();
            List<Row<?>> starts = new ArrayList<>();
            List<Row<?>> memory = new ArrayList<>();
            List<Row<?>> counted = new ArrayList<>();
            for (AppServerHealth one : all) {
                Tags agent = Tags.of("agent", one.agentId());
                states.add(Row.of(agent.and("state", lower(one.state().name())), 1));
                starts.add(Row.of(agent, one.starts()));
                one.residentBytes().ifPresent(bytes -> memory.add(Row.of(agent, bytes)));
                one.faults()
                        .ifPresent(
                                seen -> {
                                    counted.add(fault(agent, "malformed", seen.malformed()));
                                    counted.add(fault(agent, "oversized", seen.oversized()));
                                    counted.add(fault(agent, "late", seen.late()));
                                    counted.add(fault(agent, "overload", seen.overloads()));
                                });
            }
            servers.register(states, true);
            serverStarts.register(starts, true);
            serverMemory.register(memory, true);
            faults.register(counted, true);
        }

        private MultiGauge gauge(String name, String description) {
            return MultiGauge.builder(name).description(description).register(registry);
        }

        private static Row<?> fault(Tags agent, String kind, long count) {
            return Row.of(agent.and("kind", kind), count);
        }

        private static Row<?> row(Channels.Status one) {
            return Row.of(
                    Tags.of("channel", one.id(), "account", one.account()),
                    one.health().listening() ? 1 : 0);
        }

        private static List<Row<?>> rows(String tag, Map<String, Long> counts) {
            List<Row<?>> rows = new ArrayList<>();
            counts.forEach((name, count) -> rows.add(Row.of(Tags.of(tag, lower(name)), count)));
            return rows;
        }

        private static String lower(String name) {
            return name.toLowerCase(java.util.Locale.ROOT);
        }
    }
}
