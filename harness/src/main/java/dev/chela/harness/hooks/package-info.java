/**
 * What of Codex's own hooks reaches Chela: which are installed on a thread, the command that Codex
 * runs for each, the loopback server that the command asks, and who listens. Nothing is installed
 * where nobody listens. Blocks or observes, never changes what Codex is about to do. Knows no turn
 * and no database.
 */
@NullMarked
package dev.chela.harness.hooks;

import org.jspecify.annotations.NullMarked;
