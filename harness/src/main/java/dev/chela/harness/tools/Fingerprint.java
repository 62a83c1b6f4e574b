package dev.chela.harness.tools;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Digests of things whose order and wording do not matter. */
public final class Fingerprint {

    private static final Set<String> WORDS = Set.of("description", "title", "examples", "$comment");
    private static final Set<String> MAPS_OF_NAMES = Set.of("properties", "$defs", "definitions");

    private Fingerprint() {}

    /** {@code sha256:…} of the parts in any order. */
    public static String of(Collection<String> parts) {
        List<String> sorted = parts.stream().sorted().toList();
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : sorted) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update(Integer.toString(bytes.length).getBytes(StandardCharsets.UTF_8));
                digest.update((byte) ':');
                digest.update(bytes);
            }
            return "sha256:" + HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** A JSON Schema with its keys sorted, its sets sorted, and its prose left out. */
    static String shape(JsonNode schema) {
        StringBuilder out = new StringBuilder();
        append(schema, false, out);
        return out.toString();
    }

    private static void append(JsonNode node, boolean keysAreNames, StringBuilder out) {
        if (node.isObject()) {
            out.append('{');
            Set<String> keys = new TreeSet<>();
            node.fieldNames().forEachRemaining(keys::add);
            for (String key : keys) {
                if (keysAreNames || !WORDS.contains(key)) {
                    out.append(key.length()).append(':').append(key).append('=');
                    append(node.get(key), !keysAreNames && MAPS_OF_NAMES.contains(key), out);
                }
            }
            out.append('}');
        } else if (node.isArray()) {
            List<String> parts = new ArrayList<>();
            for (JsonNode part : node) {
                StringBuilder one = new StringBuilder();
                append(part, false, one);
                parts.add(one.toString());
            }
            parts.sort(null);
            out.append(parts);
        } else {
            out.append(node);
        }
    }
}
