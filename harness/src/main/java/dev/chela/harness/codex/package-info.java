/**
 * Turns in the Codex app-server: which thread a session talks to, one turn's state machine, the
 * server's requests during it, and what to do when it goes quiet or is cut. Codex is the truth
 * about a turn: timers here decide when to ask it, never what to believe. Each turn has one
 * mailbox, read by the thread that called {@code run}; everything that blocks runs on virtual
 * threads of its own.
 */
@NullMarked
package dev.chela.harness.codex;

import org.jspecify.annotations.NullMarked;
