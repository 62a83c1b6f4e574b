package dev.chela.harness.trajectory;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.chela.config.secret.Redaction;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes foreign JSON without its secrets and pictures, and no more of it than is bounded. */
final class Blurred {

    private static final Pattern DATA_URI =
            Pattern.compile("(?i)\\bdata:[\\w.+/;=-]{0,100};base64,[A-Za-z0-9+/_=-]*+");

    private static final int BASE64_MIN = 512;

    /** Pictures and other files come so; words never do. */
    private static final Pattern BASE64 =
            Pattern.compile("[A-Za-z0-9+/_-]{" + BASE64_MIN + ",}+={0,2}");

    private static final int KEY_CHARS = 200;

    /** A secret that a cut would leave half shown is not longer. */
    private static final int MARGIN = 4_096;

    private static final int KEYS_MAX = 1_000;

    private final Redaction redaction;
    private final Limits limits;

    /** What was found of the names of members; most are the protocol's own. */
    private final Map<String, Boolean> secretKeys = new HashMap<>();

    Blurred(Redaction redaction, Limits limits) {
        this.redaction = redaction;
        this.limits = limits;
    }

    void write(JsonNode node, JsonGenerator out) throws IOException {
        write(node, 1, out);
    }

    private void write(JsonNode node, int depth, JsonGenerator out) throws IOException {
        if (node.isTextual()) {
            out.writeString(text(node.textValue()));
        } else if (node.isBinary()) {
            out.writeString("(%d bytes)".formatted(node.binaryValue().length));
        } else if (!node.isContainerNode()) {
            out.writeTree(node);
        } else if (depth > limits.depth()) {
            out.writeString("(deeper than %d)".formatted(limits.depth()));
        } else if (node.isObject()) {
            writeObject(node, depth, out);
        } else {
            writeArray(node, depth, out);
        }
    }

    private void writeObject(JsonNode object, int depth, JsonGenerator out) throws IOException {
        out.writeStartObject();
        Iterator<Map.Entry<String, JsonNode>> members = object.properties().iterator();
        for (int i = 0; i < limits.entries() && members.hasNext(); i++) {
            Map.Entry<String, JsonNode> member = members.next();
            out.writeFieldName(key(member.getKey()));
            if (isSecret(member.getKey()) && !member.getValue().isNull()) {
                out.writeString(Redaction.MASK);
            } else {
                write(member.getValue(), depth + 1, out);
            }
        }
        if (object.size() > limits.entries()) {
            out.writeNumberField("(more)", object.size() - limits.entries());
        }
        out.writeEndObject();
    }

    private void writeArray(JsonNode array, int depth, JsonGenerator out) throws IOException {
        out.writeStartArray();
        for (int i = 0; i < limits.entries() && i < array.size(); i++) {
            write(array.get(i), depth + 1, out);
        }
        if (array.size() > limits.entries()) {
            out.writeString("(%d more)".formatted(array.size() - limits.entries()));
        }
        out.writeEndArray();
    }

    private boolean isSecret(String key) {
        if (secretKeys.size() >= KEYS_MAX) {
            secretKeys.clear();
        }
        return secretKeys.computeIfAbsent(key, Redaction::isSecretKey);
    }

    private String key(String name) {
        String shown = redaction.known(name);
        return shown.length() <= KEY_CHARS ? shown : shown.substring(0, KEY_CHARS);
    }

    /** Cut where it is too long, but never through a secret. */
    String text(String text) {
        int max = limits.stringChars();
        if (text.length() <= max) {
            return clean(text);
        }
        boolean beyond = text.length() > max + MARGIN;
        String head = clean(beyond ? text.substring(0, max + MARGIN) : text);
        int end = Math.min(max, beyond ? Math.max(0, head.length() - MARGIN) : head.length());
        return "%s… (%d characters)".formatted(head.substring(0, whole(head, end)), text.length());
    }

    private static int whole(String text, int end) {
        return end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))
                ? end - 1
                : end;
    }

    private String clean(String text) {
        String result = text;
        if (text.contains(";base64,")) {
            result = DATA_URI.matcher(text).replaceAll(found -> omitted("a data URI", found));
        }
        if (result.length() >= BASE64_MIN) {
            result = BASE64.matcher(result).replaceAll(found -> omitted("base64", found));
        }
        return redaction.everything(result);
    }

    private static String omitted(String what, MatchResult found) {
        return Matcher.quoteReplacement(
                "(%s of %d characters)".formatted(what, found.end() - found.start()));
    }
}
