/**
 * The durable inbox: every event once, stored before its platform is told, closed only with an
 * outcome. Owns the tables {@code inbox} and {@code cursor}. Rows are handed over after the commit,
 * in ticket order per conversation, one virtual thread a conversation; the database is the queue,
 * so nothing waits in memory. Knows nothing of turns but an opaque key.
 */
@NullMarked
package dev.chela.channels.inbox;

import org.jspecify.annotations.NullMarked;
