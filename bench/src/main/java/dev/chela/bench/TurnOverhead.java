package dev.chela.bench;

import dev.chela.channels.Conversation;
import java.util.ArrayList;
import java.util.List;

/**
 * One turn at a time, through the bot and past it in turn, on one app-server and one model: A B A
 * B, the first of each pair changing.
 */
final class TurnOverhead {

    /** A longer thread makes every turn dearer; both sides begin a new one together. */
    private static final int PAIRS_A_THREAD = 50;

    private static final String FIRST = "first";

    private final Bed bed;
    private final BenchChannel channel;
    private final Rival rival;

    TurnOverhead(Bed bed, BenchChannel channel, Rival rival) {
        this.bed = bed;
        this.channel = channel;
        this.rival = rival;
    }

    /** What the bot is compared with. */
    enum Rival {
        /** A thread of its own without tools, turns without settings: what Codex costs at least. */
        LEAST("least request"),
        /** The bot's own thread and settings: what is left is the bot's own work. */
        SAME("same request");

        private final String words;

        Rival(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** Both sides, pair by pair. */
    record Result(Series bot, Series raw) {

        Series overhead() {
            return bot.minus(raw);
        }
    }

    /**
     * @param warmUp pairs that are not counted
     */
    Result measure(int warmUp, int pairs) {
        run(warmUp);
        return run(pairs);
    }

    private Result run(int pairs) {
        List<Double> bot = new ArrayList<>();
        List<Double> raw = new ArrayList<>();
        while (bot.size() < pairs) {
            Conversation chat = channel.chat("chat-" + System.nanoTime());
            try (RawClient client = rival(chat)) {
                client.turn(FIRST);
                for (int pair = 0; pair < PAIRS_A_THREAD && bot.size() < pairs; pair++) {
                    String text = "turn " + pair;
                    if (pair % 2 == 0) {
                        raw.add(client.turn(text));
                        bot.add(viaBot(chat, text));
                    } else {
                        bot.add(viaBot(chat, text));
                        raw.add(client.turn(text));
                    }
                }
            }
        }
        return new Result(new Series(bot), new Series(raw));
    }

    /** Both sides have had the first turn of their thread, which costs more. */
    private RawClient rival(Conversation chat) {
        return switch (rival) {
            case LEAST -> {
                viaBot(chat, FIRST);
                yield bed.least();
            }
            case SAME -> bed.same(() -> viaBot(chat, FIRST));
        };
    }

    private double viaBot(Conversation chat, String text) {
        double millis = channel.ask(chat, text, "Echo: " + text).millis();
        bed.settle(chat);
        return millis;
    }
}
