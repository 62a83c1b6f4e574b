package dev.chela.commands;

import dev.chela.config.state.Database;
import dev.chela.config.state.SchemaPart;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who ran which command where, and what came of it; senders only as a hash, no arguments. */
public final class AuditLog {

    /** The migrations of this module. */
    public static final SchemaPart SCHEMA =
            new SchemaPart("commands", List.of("/dev/chela/commands/V1__audit.sql"));

    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final int HASH_CHARS = 16;

    private final Database database;
    private final InstantSource clock;

    public AuditLog(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Adds an entry; best effort, the command does not wait for it. */
    void record(CommandCall call, String command, String outcome) {
        long at = clock.millis();
        database.write(
                        "audit.record",
                        handle ->
                                handle.createUpdate(
                                                """
                                                INSERT INTO audit
                                                    (at, command, sender_hash, session, outcome)
                                                VALUES (:at, :command, :sender, :session, :outcome)
                                                """)
                                        .bind("at", at)
                                        .bind("command", command)
                                        .bind("sender", hash(call))
                                        .bind("session", call.session().value())
                                        .bind("outcome", outcome)
                                        .execute())
                .whenComplete(
                        (rows, failure) -> {
                            if (failure != null) {
                                LOG.warn("audit entry for /{} was not written", command, failure);
                            }
                        });
    }

    private static String hash(CommandCall call) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(
                                    (call.conversation().channel() + ":" + call.sender().id())
                                            .getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_CHARS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
