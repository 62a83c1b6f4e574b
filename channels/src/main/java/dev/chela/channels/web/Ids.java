package dev.chela.channels.web;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/** Names nobody can guess, and the shapes of names that come from outside. */
final class Ids {

    private static final Pattern CHAT = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final Pattern CLIENT = Pattern.compile("c-[A-Za-z0-9_-]{8,60}");
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_-]{22}");
    private static final int BYTES = 16;

    private final SecureRandom random;

    Ids(SecureRandom random) {
        this.random = random;
    }

    String next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static boolean isChat(String text) {
        return CHAT.matcher(text).matches();
    }

    /** Whether a page made it; ours begin otherwise. */
    static boolean isClientId(String text) {
        return CLIENT.matcher(text).matches();
    }

    static boolean isFile(String text) {
        return FILE.matcher(text).matches();
    }
}
