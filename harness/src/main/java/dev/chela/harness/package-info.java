/**
 * The port the rest of the bot sees of whoever answers: sessions, turns, their events and outcomes,
 * and the tools an agent may call. Knows no platform: a conversation is an opaque token with facts.
 */
@NullMarked
package dev.chela.harness;

import org.jspecify.annotations.NullMarked;
