package dev.chela.config.json5;

/** Reads a quoted JSON5 text with its escapes. */
final class StringScanner {

    private StringScanner() {}

    static String read(Scanner scanner) {
        int start = scanner.offset();
        char quote = scanner.next();
        StringBuilder value = new StringBuilder();
        while (true) {
            char c = scanner.peek();
            if (scanner.atEnd() || c == '\n' || c == '\r') {
                scanner.back(start);
                throw scanner.error("the text that begins here is not closed on its line");
            }
            scanner.next();
            if (c == quote) {
                return value.toString();
            }
            if (c == '\\') {
                escape(scanner, value);
            } else {
                value.append(c);
            }
        }
    }

    private static void escape(Scanner scanner, StringBuilder value) {
        char c = scanner.next();
        switch (c) {
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case 'n' -> value.append('\n');
            case 'r' -> value.append('\r');
            case 't' -> value.append('\t');
            case 'v' -> value.append('\u000B');
            case 'x' -> value.append(hex(scanner, 2));
            case 'u' -> value.append(hex(scanner, 4));
            case '0' -> zero(scanner, value);
            case '\r' -> scanner.tryTake('\n');
            case '\n', '\u2028', '\u2029' -> {}
            default -> plain(scanner, c, value);
        }
    }

    private static void zero(Scanner scanner, StringBuilder value) {
        if (Character.isDigit(scanner.peek())) {
            throw scanner.error("a digit may not follow \\0");
        }
        value.append('\0');
    }

    private static void plain(Scanner scanner, char c, StringBuilder value) {
        if (c >= '1' && c <= '9') {
            throw scanner.error("\\" + c + " is not an escape");
        }
        value.append(c);
    }

    private static char hex(Scanner scanner, int digits) {
        int code = 0;
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit(scanner.peek(), 16);
            if (digit < 0) {
                throw scanner.error(
                        "expected " + digits + " hexadecimal digits, found " + scanner.found());
            }
            scanner.next();
            code = code * 16 + digit;
        }
        return (char) code;
    }
}
