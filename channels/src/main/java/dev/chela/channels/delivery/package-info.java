/**
 * The durable outbox: words are stored before the first platform call, sent in order per
 * conversation, retried while they certainly did not arrive, and never sent again when nobody can
 * tell. Owns the tables {@code outbox} and {@code preview}. One virtual thread works on a
 * conversation at a time and makes every call to its platform but typing; waiting is done by an
 * alarm, not by a thread.
 */
@NullMarked
package dev.chela.channels.delivery;

import org.jspecify.annotations.NullMarked;
