package dev.chela.config.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The migration scripts of one module, read from the class path. */
record MigrationSet(List<Script> scripts, int version, String digest) {

    private static final Pattern NAME = Pattern.compile("V(\\d{1,6})__\\w+\\.sql");

    /** One script: its file name, its number and its SQL. */
    record Script(String name, int version, String sql) {}

    MigrationSet {
        scripts = List.copyOf(scripts);
    }

    static MigrationSet of(SchemaPart part) {
        List<Script> scripts = part.resources().stream().map(MigrationSet::read).toList();
        int version = scripts.stream().mapToInt(Script::version).max().orElse(0);
        return new MigrationSet(scripts, version, digestOf(scripts));
    }

    private static Script read(String resource) {
        String path = resource.startsWith("/") ? resource : "/" + resource;
        String name = path.substring(path.lastIndexOf('/') + 1);
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new DatabaseException(
                    "migration " + path + " is not named V<number>__<what>.sql", null);
        }
        try (InputStream in = MigrationSet.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new DatabaseException(
                        "migration " + path + " is not on the class path", null);
            }
            String sql = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Script(name, Integer.parseInt(matcher.group(1)), sql);
        } catch (IOException e) {
            throw new DatabaseException("migration " + path + " cannot be read", e);
        }
    }

    private static String digestOf(List<Script> scripts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Script script : scripts) {
                digest.update(script.name().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                digest.update(script.sql().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JRE has SHA-256", e);
        }
    }
}
