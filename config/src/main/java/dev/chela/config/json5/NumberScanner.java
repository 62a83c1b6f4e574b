package dev.chela.config.json5;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Reads a JSON5 number: signs, hexadecimal, leading and trailing points, exponents. */
final class NumberScanner {

    /** Longer numbers mean nothing in a config and cost time to convert. */
    private static final int LENGTH_MAX = 40;

    private NumberScanner() {}

    static BigDecimal read(Scanner scanner) {
        boolean negative = scanner.peek() == '-';
        if (negative || scanner.peek() == '+') {
            scanner.next();
        }
        BigDecimal value = unsigned(scanner);
        if (Character.isLetterOrDigit(scanner.peek()) || scanner.peek() == '_') {
            throw scanner.error("expected the end of the number, found " + scanner.found());
        }
        return negative ? value.negate() : value;
    }

    private static BigDecimal unsigned(Scanner scanner) {
        if (scanner.peek() == '0' && (scanner.peek(1) == 'x' || scanner.peek(1) == 'X')) {
            scanner.next();
            scanner.next();
            return new BigDecimal(new BigInteger(digits(scanner, 16), 16));
        }
        if (scanner.peek() == '0' && Character.isDigit(scanner.peek(1))) {
            throw scanner.error("a number may not begin with 0");
        }
        StringBuilder text = new StringBuilder("0");
        boolean whole = isDigit(scanner.peek());
        if (whole) {
            text.append(digits(scanner, 10));
        }
        if (scanner.tryTake('.')) {
            text.append('.');
            text.append(isDigit(scanner.peek()) || !whole ? digits(scanner, 10) : "0");
        } else if (!whole) {
            throw scanner.error("expected a number, found " + scanner.found());
        }
        exponent(scanner, text);
        return new BigDecimal(text.toString());
    }

    private static void exponent(Scanner scanner, StringBuilder text) {
        if (!scanner.tryTake('e') && !scanner.tryTake('E')) {
            return;
        }
        text.append('e');
        if (scanner.tryTake('-')) {
            text.append('-');
        } else {
            scanner.tryTake('+');
        }
        String digits = digits(scanner, 10);
        if (digits.length() > 3) {
            throw scanner.error("the exponent is too large");
        }
        text.append(digits);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static String digits(Scanner scanner, int radix) {
        StringBuilder digits = new StringBuilder();
        while (scanner.peek() < 128 && Character.digit(scanner.peek(), radix) >= 0) {
            digits.append(scanner.next());
        }
        if (digits.isEmpty()) {
            throw scanner.error("expected a digit, found " + scanner.found());
        }
        if (digits.length() > LENGTH_MAX) {
            throw scanner.error("the number has more than " + LENGTH_MAX + " digits");
        }
        return digits.toString();
    }
}
