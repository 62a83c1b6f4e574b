package dev.chela.channels.access;

import java.util.Locale;
import java.util.random.RandomGenerator;

/** The eight characters a stranger passes on to the operator; none of them looks like another. */
final class PairingCode {

    private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int LENGTH = 8;

    private PairingCode() {}

    static String draw(RandomGenerator random) {
        StringBuilder code = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            code.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return code.toString();
    }

    /** What an operator typed, as it is stored. */
    static String normal(String typed) {
        return typed.strip().toUpperCase(Locale.ROOT);
    }
}
