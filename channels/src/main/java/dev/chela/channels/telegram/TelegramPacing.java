package dev.chela.channels.telegram;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps to Telegram's limits: one message a second in a chat, twenty a minute in a group, thirty a
 * second in all. A message is given the instant at which it may leave; a change of a message leaves
 * room for new ones, and a typing signal is only allowed when nobody could miss its place.
 */
final class TelegramPacing {

    private static final int ALL_PER_SECOND = 30;
    private static final int GROUP_PER_MINUTE = 20;
    private static final int GROUP_KEPT_FOR_MESSAGES = 5;
    private static final int MAX_IDLE_CHATS = 2_000;

    private final Clock clock;
    private final Window all = new Window(ALL_PER_SECOND, Duration.ofSeconds(1));
    private final Map<Long, Chat> chats = new HashMap<>();

    TelegramPacing(Clock clock) {
        this.clock = clock;
    }

    /** Takes the next place for a message; the answer is how long to wait for it. */
    synchronized Duration message(long chat) {
        Instant now = clock.instant();
        Chat limits = chat(chat, now);
        Instant at = limits.next(now);
        at = all.next(now, at, 0);
        limits.take(at);
        all.take(at);
        return Duration.between(now, at);
    }

    /** As {@link #message}, but for a change, which in groups leaves a few places free. */
    synchronized Duration edit(long chat) {
        Instant now = clock.instant();
        Instant at = nextEdit(chat, now);
        if (isGroup(chat)) {
            chat(chat, now).minute.take(at);
        }
        all.take(at);
        return Duration.between(now, at);
    }

    /** How long a change would wait now; takes no place. */
    synchronized Duration editDelay(long chat) {
        Instant now = clock.instant();
        return Duration.between(now, nextEdit(chat, now));
    }

    private Instant nextEdit(long chat, Instant now) {
        Chat limits = chat(chat, now);
        Instant at = later(now, limits.blockedUntil);
        if (isGroup(chat)) {
            at = limits.minute.next(now, at, GROUP_KEPT_FOR_MESSAGES);
        }
        return all.next(now, at, ALL_PER_SECOND / 3);
    }

    /** Whether a typing signal may go out: never when it could cost a message its place. */
    synchronized boolean typing(long chat) {
        Instant now = clock.instant();
        boolean free =
                !chat(chat, now).blockedUntil.isAfter(now)
                        && !all.next(now, now, ALL_PER_SECOND / 2).isAfter(now);
        if (free) {
            all.take(now);
        }
        return free;
    }

    /** Telegram said to leave a chat alone. */
    synchronized void block(long chat, Duration pause) {
        Instant now = clock.instant();
        chat(chat, now).blockedUntil = now.plus(pause);
    }

    private Chat chat(long id, Instant now) {
        if (chats.size() > MAX_IDLE_CHATS) {
            Collection<Chat> known = chats.values();
            known.removeIf(chat -> chat.isIdle(now));
        }
        return chats.computeIfAbsent(id, Chat::new);
    }

    private static boolean isGroup(long chat) {
        return chat < 0;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static final class Chat {

        private final Window second = new Window(1, Duration.ofSeconds(1));
        private final Window minute = new Window(GROUP_PER_MINUTE, Duration.ofMinutes(1));
        private final boolean group;
        private Instant blockedUntil = Instant.MIN;

        Chat(long id) {
            this.group = isGroup(id);
        }

        List<Window> windows() {
            return group ? List.of(second, minute) : List.of(second);
        }

        Instant next(Instant now) {
            Instant at = later(now, blockedUntil);
            for (Window window : windows()) {
                at = window.next(now, at, 0);
            }
            return at;
        }

        void take(Instant at) {
            windows().forEach(window -> window.take(at));
        }

        boolean isIdle(Instant now) {
            return !blockedUntil.isAfter(now) && second.isIdle(now) && minute.isIdle(now);
        }
    }

    /** At most {@code count} instants in any {@code span}. */
    private static final class Window {

        private final int count;
        private final Duration span;
        private final Deque<Instant> taken = new ArrayDeque<>();

        Window(int count, Duration span) {
            this.count = count;
            this.span = span;
        }

        /** The earliest instant from {@code at} on with {@code keep} places left over. */
        Instant next(Instant now, Instant at, int keep) {
            taken.removeIf(instant -> !instant.plus(span).isAfter(now));
            Instant free = at;
            while (true) {
                Instant end = free;
                List<Instant> near = taken.stream().filter(t -> isNear(t, end)).sorted().toList();
                int over = near.size() - (count - keep);
                if (over < 0) {
                    return free;
                }
                free = near.get(over).plus(span);
            }
        }

        private boolean isNear(Instant instant, Instant end) {
            return instant.plus(span).isAfter(end) && !instant.isAfter(end);
        }

        void take(Instant at) {
            taken.addLast(at);
        }

        boolean isIdle(Instant now) {
            return taken.stream().noneMatch(at -> at.plus(span).isAfter(now));
        }
    }
}
