package dev.chela.channels.telegram;

import com.google.gson.JsonArray;
import com.pengrad.telegrambot.model.User;
import com.pengrad.telegrambot.request.DeleteWebhook;
import com.pengrad.telegrambot.request.GetMe;
import com.pengrad.telegrambot.request.GetUpdates;
import com.pengrad.telegrambot.utility.BotUtils;
import dev.chela.channels.ChannelEvent;
import dev.chela.channels.Cursor;
import dev.chela.channels.Intake;
import dev.chela.config.state.Checkpoints;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the account's updates, one poll after the other.
 *
 * <p>A batch and its offset are handed to the intake in one call, and only a call that returned
 * moves the offset: until then Telegram keeps the updates and sends them again. No trouble ends the
 * loop; it waits and asks again until it is stopped.
 */
final class UpdateLoop implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(UpdateLoop.class);
    private static final Duration AT_ONCE = Duration.ZERO;

    private final BotApi api;
    private final TelegramSettings settings;
    private final PollHealth health;
    private final Supplier<Optional<Cursor>> stored;
    private final CommandMenu menu;
    private final Intake intake;
    private final Stop stop;
    private final Checkpoints checkpoints;
    private final Clock clock;
    private final Albums albums = new Albums();
    private int failures;

    UpdateLoop(
            TelegramParts parts,
            PollHealth health,
            Supplier<Optional<Cursor>> stored,
            CommandMenu menu,
            Intake intake) {
        this.api = parts.api();
        this.settings = parts.settings();
        this.stop = parts.stop();
        this.checkpoints = parts.checkpoints();
        this.clock = parts.clock();
        this.health = health;
        this.stored = stored;
        this.menu = menu;
        this.intake = intake;
    }

    @Override
    public void run() {
        while (!stop.reached()) {
            try {
                listen();
            } catch (Exception e) {
                log.error("telegram polling failed account={}", settings.account(), e);
                health.deaf("telegram: polling failed: " + api.scrub(String.valueOf(e)));
                pauseAfterFailure();
            }
        }
    }

    private void listen() {
        Optional<Identity> me = introduce();
        if (me.isEmpty()) {
            return;
        }
        log.info("telegram listens account={} bot=@{}", settings.account(), me.get().username());
        Thread.ofVirtual().name("telegram-menu").start(() -> menu.register(api));
        UpdateMapper mapper = new UpdateMapper(settings.account(), me.get(), menu.realNames());
        Offset offset = Offset.of(stored.get(), settings.token());
        Duration wait = AT_ONCE;
        while (!stop.reached()) {
            ApiReply reply = api.longCall(poll(offset.asked(clock.instant()), wait), wait);
            if (stop.reached()) {
                return;
            }
            wait = settings.poll();
            if (reply instanceof ApiReply.Ok ok && ok.result() instanceof JsonArray updates) {
                failures = 0;
                UpdateBatch batch = UpdateBatch.of(updates);
                int settled = albums.settled(batch.albums());
                Offset taken = take(batch, settled, mapper, offset);
                if (settled < batch.size() && failures == 0) {
                    stop.pause(settings.albumFlush());
                    wait = AT_ONCE;
                }
                offset = taken;
            } else {
                trouble(reply);
                wait = AT_ONCE;
            }
        }
    }

    /** Stores the first {@code count} updates; the offset stays if that failed. */
    private Offset take(UpdateBatch batch, int count, UpdateMapper mapper, Offset offset) {
        if (count == 0) {
            health.polled();
            return offset;
        }
        Offset next = new Offset(batch.nextAfter(count), clock.instant());
        List<ChannelEvent> events = batch.events(count, mapper);
        try {
            intake.accept(events, Optional.of(next.cursor(settings.account(), settings.token())));
        } catch (RuntimeException e) {
            // Intake's contract: nothing was stored. Telegram still has the batch.
            log.error(
                    "telegram batch not stored account={} updates={}; it is fetched again",
                    settings.account(),
                    count,
                    e);
            health.troubled("telegram: messages cannot be stored: " + e.getMessage());
            pauseAfterFailure();
            return offset;
        }
        health.polled();
        return next;
    }

    private GetUpdates poll(int offset, Duration wait) {
        List<String> kinds =
                new ArrayList<>(List.of("message", "edited_message", "callback_query"));
        if (settings.reactions()) {
            kinds.add("message_reaction");
        }
        GetUpdates poll =
                new GetUpdates()
                        .timeout((int) wait.toSeconds())
                        .allowedUpdates(kinds.toArray(String[]::new));
        return offset > 0 ? poll.offset(offset) : poll;
    }

    /** Asks who we are and takes a left-over webhook away, which would keep every poll empty. */
    private Optional<Identity> introduce() {
        while (!stop.reached()) {
            ApiReply reply = api.call(new GetMe());
            if (reply instanceof ApiReply.Ok ok) {
                User me = BotUtils.fromJson(ok.result().toString(), User.class);
                if (me != null && me.id() != null) {
                    ApiReply freed = deleteWebhook();
                    if (freed instanceof ApiReply.Ok) {
                        failures = 0;
                        return Optional.of(Identity.of(me));
                    }
                    reply = freed;
                } else {
                    reply = new ApiReply.Lost("getMe: the answer names no bot");
                }
            }
            if (!stop.reached()) {
                trouble(reply);
            }
        }
        return Optional.empty();
    }

    private ApiReply deleteWebhook() {
        checkpoints.before("telegram.deleteWebhook");
        ApiReply reply = api.call(new DeleteWebhook());
        checkpoints.after("telegram.deleteWebhook");
        return reply;
    }

    private void trouble(ApiReply reply) {
        switch (reply) {
            case ApiReply.Rejected rejected -> rejected(rejected);
            case ApiReply.NotSent(String reason) -> passing("cannot reach Telegram: " + reason);
            case ApiReply.Lost(String reason) -> passing("the connection broke: " + reason);
            case ApiReply.Ok ok -> passing("the answer to a poll is no list");
        }
    }

    private void rejected(ApiReply.Rejected rejected) {
        switch (rejected.status()) {
            case 401, 404 -> {
                health.deaf(
                        "telegram: the bot token was refused; get a valid one from @BotFather and"
                                + " set channels.telegram.botToken");
                log.error("telegram token refused account={}", settings.account());
                failures++;
                stop.pause(settings.backOff().longest());
            }
            case 409 -> conflict(rejected);
            case 429 -> {
                health.troubled("telegram: too many requests; waiting as told");
                failures++;
                stop.pause(rejected.retryAfter().orElse(settings.backOff().after(failures)));
            }
            default ->
                    passing(
                            "Telegram answered %d %s"
                                    .formatted(rejected.status(), rejected.description()));
        }
    }

    private void conflict(ApiReply.Rejected rejected) {
        if (rejected.says("webhook")) {
            log.warn("telegram webhook came back account={}; removing it", settings.account());
            deleteWebhook();
        } else {
            health.deaf(
                    "telegram: another program polls with this bot's token; stop it, or give each"
                            + " its own bot");
            log.error(
                    "telegram conflict account={}: another program polls with this token",
                    settings.account());
        }
        pauseAfterFailure();
    }

    private void passing(String problem) {
        log.warn("telegram poll failed account={} reason={}", settings.account(), problem);
        health.troubled("telegram: " + problem);
        pauseAfterFailure();
    }

    private void pauseAfterFailure() {
        failures++;
        stop.pause(settings.backOff().after(failures));
    }
}
