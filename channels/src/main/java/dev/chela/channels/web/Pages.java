package dev.chela.channels.web;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The pages that listen now; wakes those that look at a chat. */
final class Pages {

    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();

    Listener listen(String chat) {
        Listener listener = new Listener(chat);
        listeners.add(listener);
        return listener;
    }

    void leave(Listener listener) {
        listeners.remove(listener);
    }

    /** Something in the chat changed; whoever looks at it reads the rows. */
    void changed(String chat) {
        of(chat, listener -> listener.wake(false));
    }

    void typing(String chat) {
        of(chat, listener -> listener.wake(true));
    }

    private void of(String chat, java.util.function.Consumer<Listener> action) {
        for (Listener listener : listeners) {
            if (listener.chat().equals(chat)) {
                action.accept(listener);
            }
        }
    }
}
