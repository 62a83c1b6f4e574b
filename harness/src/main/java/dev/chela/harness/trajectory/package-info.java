/**
 * What went between Chela and Codex in a session, written beside it for whoever has to find out
 * later what happened: bounded, without secrets, and never at the cost of a turn.
 */
@NullMarked
package dev.chela.harness.trajectory;

import org.jspecify.annotations.NullMarked;
