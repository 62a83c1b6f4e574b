package dev.chela.channels.telegram;

import com.google.gson.JsonObject;
import dev.chela.channels.Channel;
import dev.chela.channels.ChatKind;
import dev.chela.channels.Conversation;
import dev.chela.channels.telegram.kit.BotMessage;
import dev.chela.channels.telegram.kit.FakeTelegram;
import dev.chela.channels.testing.ChannelContract;
import dev.chela.config.state.Checkpoints;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Telegram is held to what every adapter is held to. */
class TelegramContractIT extends ChannelContract {

    private static final long ANN = 501;

    @Override
    protected Stage stage() {
        return new TelegramStage();
    }

    private static final class TelegramStage implements Stage {

        private final FakeTelegram telegram = FakeTelegram.start();
        private final Map<String, Integer> ids = new HashMap<>();

        @Override
        public Channel channel() {
            return new TelegramChannel(
                    telegram.settings(),
                    Optional::empty,
                    List.of(),
                    Checkpoints.none(),
                    Clock.systemUTC());
        }

        @Override
        public Conversation place() {
            return new Conversation(
                    "telegram", "default", ChatKind.DIRECT, String.valueOf(ANN), Optional.empty());
        }

        @Override
        public void says(String eventId, String text) {
            push(eventId, ANN, text);
        }

        @Override
        public void echoes(String eventId, String text) {
            push(eventId, FakeTelegram.BOT_ID, text);
        }

        private void push(String eventId, long sender, String text) {
            int id = ids.computeIfAbsent(eventId, key -> 9000 + ids.size());
            JsonObject message = TelegramUpdates.message(id, ANN, text);
            message.remove("entities");
            message.getAsJsonObject("from").addProperty("id", sender);
            telegram.push("message", message);
        }

        @Override
        public List<String> visible() {
            return telegram.messagesIn(ANN).stream().map(BotMessage::text).toList();
        }

        @Override
        public void close() {
            telegram.close();
        }
    }
}
