package dev.chela.channels.delivery;

import dev.chela.channels.Chunk;
import dev.chela.channels.Conversation;
import dev.chela.channels.delivery.OutboxRow.Action;
import dev.chela.channels.delivery.OutboxRow.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * New words for an intent: parts that were not tried yet are reworded, the others are edited after
 * they arrived; surplus parts are deleted, missing ones sent.
 */
final class Amending {

    private Amending() {}

    /** Whether there was anything to amend. */
    static boolean amend(Handle db, String intent, List<Chunk> chunks, Instant now) {
        List<OutboxRow> rows =
                OutboxTable.ofIntent(db, intent).stream().filter(Amending::canChange).toList();
        if (rows.isEmpty()) {
            return false;
        }
        String parent = "amend:" + intent;
        String id = parent + ":" + (OutboxTable.intentsUnder(db, parent) + 1);
        int parts = Math.max(rows.size(), chunks.size());
        for (int part = 0; part < parts; part++) {
            if (part >= chunks.size()) {
                remove(db, id, part, rows.get(part), now);
            } else if (part < rows.size()) {
                change(db, id, part, rows.get(part), chunks.get(part), now);
            } else {
                Conversation where = rows.getFirst().conversation();
                insert(db, Draft.plain(id, part, where, chunks.get(part)), now);
            }
        }
        return true;
    }

    private static boolean canChange(OutboxRow row) {
        return row.isMessage() && row.state() != State.FAILED && row.state() != State.UNKNOWN;
    }

    private static void change(
            Handle db, String id, int part, OutboxRow row, Chunk chunk, Instant now) {
        if (row.state() == State.QUEUED && row.attempts() == 0) {
            OutboxChanges.rewords(db, row.id(), chunk);
            return;
        }
        OutboxTable.untriedEdit(db, row.id())
                .ifPresentOrElse(
                        edit -> OutboxChanges.rewords(db, edit, chunk),
                        () ->
                                insert(
                                        db,
                                        Draft.onRow(id, part, row, Action.EDIT, Optional.of(chunk)),
                                        now));
    }

    private static void remove(Handle db, String id, int part, OutboxRow row, Instant now) {
        insert(db, Draft.onRow(id, part, row, Action.DELETE, Optional.empty()), now);
    }

    private static void insert(Handle db, Draft draft, Instant now) {
        OutboxTable.insert(db, draft, Optional.empty(), now);
    }
}
