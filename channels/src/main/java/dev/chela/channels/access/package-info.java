/**
 * Who may talk to us, and how far: direct and group policies, mentions, pairing, loops of bots.
 * {@link AccessPolicy} is a pure function of a configuration snapshot, the approvals and the facts
 * of one event; {@link Pairings} owns the tables {@code pairing} and {@code access}. Knows neither
 * platforms nor agents, and never keeps the text of a refused message.
 */
@NullMarked
package dev.chela.channels.access;

import org.jspecify.annotations.NullMarked;
