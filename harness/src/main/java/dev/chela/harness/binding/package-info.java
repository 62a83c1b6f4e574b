/**
 * What a native thread was begun with and whether it still serves: the facts a binding remembers,
 * the checks that keep or replace a thread, the patch of Codex's config that goes with it, and what
 * a replacement is told of the talk before it. Pure: no server, no database, no threads of its own.
 * Knows nothing of turns.
 */
@NullMarked
package dev.chela.harness.binding;

import org.jspecify.annotations.NullMarked;
