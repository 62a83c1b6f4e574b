package dev.chela.config.secret;

import dev.chela.config.Secret;
import dev.chela.config.json5.Json5Writer;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes secrets out of text that is about to be shown or logged.
 *
 * <p>It learns secrets as they are found, by any thread. Linear in the text. What it cannot know it
 * cannot hide: a secret shorter than six characters is too likely to be a word.
 */
public final class Redaction {

    /** What stands where a secret was. */
    public static final String MASK = "***";

    private static final int CHARS_MIN = 6;

    private static final Pattern SECRET_KEY =
            Pattern.compile(
                    "(?i).*(?:token|secret|password|passwd|passphrase|api[_-]?key|private[_-]?key"
                            + "|access[_-]?key|credentials?|authorization|cookie)"
                            + "|.*_(?:key|pass|pwd)");

    private static final String KEY_WORDS =
            "[\\w.-]{0,40}(?:token|secret|password|passwd|passphrase|api[_-]?key|private[_-]?key|"
                    + "authorization|credential)[\\w-]{0,20}";

    /** A key and its text in JSON, also in JSON that is itself a text in JSON. */
    private static final Pattern JSON_PAIR =
            Pattern.compile(
                    "(?i)((\\\\{0,7}[\"'])"
                            + KEY_WORDS
                            + "\\2\\s{0,4}:\\s{0,4}\\2)([^\"'\\\\\\r\\n]{1,4096})");

    private static final Pattern ASSIGNMENT =
            Pattern.compile(
                    "(?i)(\\b" + KEY_WORDS + "\\s{0,2}=\\s{0,2}[\"']?)([^\\s\"'&;,]{4,4096})");

    private static final Pattern USER_INFO =
            Pattern.compile("(\\b[a-zA-Z][a-zA-Z0-9+.-]{1,20}://)[^/\\s@\"']{1,512}@");

    private static final Pattern SHAPES =
            Pattern.compile(
                    "\\b(?:xox[abeprs]-[\\w-]{8,}|xapp-[\\w-]{8,}|sk-[\\w-]{16,}"
                            + "|gh[pousr]_\\w{20,}|\\d{6,12}:[A-Za-z0-9_-]{30,}"
                            + "|eyJ[\\w-]{10,}\\.[\\w-]{10,}\\.[\\w-]{5,})"
                            + "|(?i:\\bbearer\\s+)[\\w.~+/=-]{8,}"
                            + "|(?i:\\bbasic\\s+)(?=[A-Za-z+/]{0,512}[0-9=])[A-Za-z0-9+/]{6,}={0,2}"
                            + "|(?i:\\b(?:set-)?cookie\\s{0,4}:\\s{0,4})"
                            + "[^\\s\"'=;]{1,256}=[^\\r\\n\"']{1,4096}"
                            + "|/bot\\d{3,}:[A-Za-z0-9_-]+");

    /** Longest first: a secret may hold another one. */
    private final AtomicReference<List<String>> values = new AtomicReference<>(List.of());

    private Redaction() {}

    /** Knows these secrets, also as they stand in JSON. */
    public static Redaction of(Collection<Secret> secrets) {
        Redaction redaction = new Redaction();
        secrets.forEach(redaction::learn);
        return redaction;
    }

    /** From now on hides this one too. */
    public void learn(Secret secret) {
        String value = secret.reveal();
        values.updateAndGet(
                known ->
                        known.contains(value)
                                ? known
                                : Stream.concat(
                                                known.stream(),
                                                Stream.of(value, value.strip(), escaped(value)))
                                        .filter(one -> one.length() >= CHARS_MIN)
                                        .distinct()
                                        .sorted(Comparator.comparingInt(String::length).reversed())
                                        .toList());
    }

    private static String escaped(String value) {
        String quoted = Json5Writer.quote(value);
        return quoted.substring(1, quoted.length() - 1);
    }

    /** Whether the value of a key with this name should be hidden. */
    public static boolean isSecretKey(String key) {
        return SECRET_KEY.matcher(key).matches();
    }

    /** A text whose URLs keep their host but not who signs in. */
    public static String withoutUserInfo(String text) {
        return USER_INFO.matcher(text).replaceAll("$1" + MASK + "@");
    }

    /** A text of any key: without who signs in to its URLs and what looks like a secret. */
    public static String withoutCredentials(String text) {
        return SHAPES.matcher(withoutUserInfo(text)).replaceAll(MASK);
    }

    /** For text that goes to a person: hides the known secrets and nothing else. */
    public String known(String text) {
        String result = text;
        for (String value : values.get()) {
            result = result.replace(value, MASK);
        }
        return result;
    }

    /** For logs, errors and diagnostics: also hides what looks like a secret. */
    public String everything(String text) {
        String result = known(text);
        if (result.indexOf('@') >= 0) {
            result = withoutUserInfo(result);
        }
        if (result.indexOf(':') >= 0) {
            result = JSON_PAIR.matcher(result).replaceAll(Redaction::keepKey);
        }
        if (result.indexOf('=') >= 0) {
            result = ASSIGNMENT.matcher(result).replaceAll(found -> quoted(found.group(1)) + MASK);
        }
        return SHAPES.matcher(result).replaceAll(Matcher.quoteReplacement(MASK));
    }

    private static String keepKey(java.util.regex.MatchResult found) {
        return quoted(found.group(1)) + MASK;
    }

    private static String quoted(String text) {
        return Matcher.quoteReplacement(text);
    }

    /** Tells how much it knows, not what. */
    @Override
    public String toString() {
        return "Redaction[" + values.get().size() + " values]";
    }
}
