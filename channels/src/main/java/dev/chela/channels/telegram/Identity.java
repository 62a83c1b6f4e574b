package dev.chela.channels.telegram;

import com.pengrad.telegrambot.model.User;
import java.util.Locale;

/**
 * Who we are on Telegram.
 *
 * @param username without the at sign
 * @param topicsInDirectChats whether private chats with us can have topics
 */
record Identity(long id, String username, boolean topicsInDirectChats) {

    static Identity of(User me) {
        return new Identity(
                me.id(),
                me.username() == null ? "" : me.username(),
                Boolean.TRUE.equals(me.hasTopicsEnabled()));
    }

    boolean is(String name) {
        return !username.isEmpty()
                && username.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT));
    }
}
