package dev.chela.harness.appserver.managed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The settings of an {@code .npmrc}; a file that cannot be read has none. */
final class Npmrc {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]+)}");
    private static final long FILE_BYTES_MAX = 1_000_000;

    private Npmrc() {}

    static Map<String, String> read(Path file, Map<String, String> environment) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > FILE_BYTES_MAX) {
                return Map.of();
            }
            return parse(Files.readAllLines(file), environment);
        } catch (IOException e) {
            return Map.of();
        }
    }

    static Map<String, String> parse(List<String> lines, Map<String, String> environment) {
        var settings = new LinkedHashMap<String, String>();
        for (String raw : lines) {
            String line = raw.strip();
            int equals = line.indexOf('=');
            if (line.isEmpty() || line.startsWith("#") || line.startsWith(";") || equals < 1) {
                continue;
            }
            String value = unquoted(line.substring(equals + 1).strip());
            settings.put(line.substring(0, equals).strip(), expanded(value, environment));
        }
        return settings;
    }

    private static String expanded(String value, Map<String, String> environment) {
        return VARIABLE.matcher(value)
                .replaceAll(
                        match ->
                                Matcher.quoteReplacement(
                                        environment.getOrDefault(match.group(1), match.group())));
    }

    private static String unquoted(String value) {
        boolean quoted =
                value.length() > 1
                        && (value.startsWith("\"") && value.endsWith("\"")
                                || value.startsWith("'") && value.endsWith("'"));
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
