package dev.chela.config.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code .env} files: {@code NAME=value} lines, quotes, comments; no expansion. */
final class DotEnv {

    private static final long BYTES_MAX = 1 << 20;
    private static final Pattern LINE =
            Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(.*)");

    private DotEnv() {}

    /** The variables of a file; none if there is no such file or it cannot be read. */
    static Map<String, String> read(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= BYTES_MAX
                    ? parse(Files.readString(file))
                    : Map.of();
        } catch (IOException e) {
            return Map.of();
        }
    }

    static Map<String, String> parse(String text) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                variables.put(matcher.group(1), value(matcher.group(2)));
            }
        }
        return variables;
    }

    private static String value(String written) {
        String text = written.strip();
        if (text.length() > 1 && (text.startsWith("\"") || text.startsWith("'"))) {
            int close = text.indexOf(text.charAt(0), 1);
            if (close > 0) {
                String inner = text.substring(1, close);
                return text.charAt(0) == '"' ? inner.replace("\\n", "\n") : inner;
            }
        }
        int comment = text.indexOf(" #");
        return comment < 0 ? text : text.substring(0, comment).strip();
    }
}
