/**
 * Telegram: one bot account on the Bot API. One virtual thread polls; a batch of updates is stored
 * with its offset before the next poll confirms it. Calls out block the thread that makes them and
 * are paced by Telegram's limits. Requests and updates are the library's types, the transport is
 * our own, because what became of a message depends on how far its request got. Nothing here
 * decides who may speak, and nothing outside may see the token.
 */
@NullMarked
package dev.chela.channels.telegram;

import org.jspecify.annotations.NullMarked;
