package dev.chela.harness.appserver.protocol;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Asks the server how it is; a health probe. Unknown to 0.125. */
public record ServerDiagnostics() implements ClientRequest<ServerDiagnostics.Result> {

    /** Process and gauges. */
    public record Result(Process process, List<Gauge> gauges) {

        public Result {
            gauges = Copies.of(gauges);
        }

        /** A gauge by name, {@code core.turns.active}. */
        public OptionalLong gauge(String name) {
            return gauges.stream()
                    .filter(gauge -> gauge.name().equals(name))
                    .mapToLong(Gauge::value)
                    .findFirst();
        }
    }

    /** The server's process. */
    public record Process(long id, @Nullable Long residentMemoryBytes) {}

    /** A count that the server keeps. */
    public record Gauge(String name, long value) {}

    @Override
    public String method() {
        return "server/diagnostics";
    }

    @Override
    public Class<Result> result() {
        return Result.class;
    }
}
