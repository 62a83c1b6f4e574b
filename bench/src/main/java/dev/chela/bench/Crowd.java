package dev.chela.bench;

import dev.chela.channels.Conversation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Many sessions that all speak at once, through the bot and past it in turn. */
final class Crowd {

    private final Bed bed;
    private final int sessions;

    Crowd(Bed bed, int sessions) {
        this.bed = bed;
        this.sessions = sessions;
    }

    /**
     * @param rounds in each, every session has one turn on either side; one more goes before
     */
    TurnOverhead.Result measure(int rounds) {
        List<RawClient> clients = new ArrayList<>();
        for (int at = 0; at < sessions; at++) {
            clients.add(bed.least());
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Double> bot = new ArrayList<>();
            List<Double> raw = new ArrayList<>();
            viaRaw(threads, clients, "first");
            viaBot(threads, "first");
            for (int round = 0; round < rounds; round++) {
                raw.addAll(viaRaw(threads, clients, "round " + round));
                bot.addAll(viaBot(threads, "round " + round));
            }
            return new TurnOverhead.Result(new Series(bot), new Series(raw));
        } finally {
            clients.forEach(RawClient::close);
        }
    }

    private static List<Double> viaRaw(
            ExecutorService threads, List<RawClient> clients, String text) {
        return all(
                threads,
                clients.stream().map(client -> (Supplier<Double>) () -> client.turn(text)));
    }

    private List<Double> viaBot(ExecutorService threads, String text) {
        BenchChannel channel = bed.plain();
        List<Double> millis =
                all(
                        threads,
                        chats().map(
                                        chat ->
                                                () ->
                                                        channel.ask(chat, text, "Echo: " + text)
                                                                .millis()));
        chats().forEach(bed::settle);
        return millis;
    }

    private Stream<Conversation> chats() {
        return IntStream.range(0, sessions)
                .mapToObj(at -> bed.plain().chat("crowd-%d-%d".formatted(sessions, at)));
    }

    private static List<Double> all(ExecutorService threads, Stream<Supplier<Double>> work) {
        List<CompletableFuture<Double>> begun =
                work.map(one -> CompletableFuture.supplyAsync(one, threads)).toList();
        return begun.stream().map(CompletableFuture::join).toList();
    }
}
