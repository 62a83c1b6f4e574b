/**
 * The tools that Chela runs for the agent: which are offered and in what form, and the {@code
 * tool_call} table that makes a repeated call harmless. A call's row is on disk before its tool
 * runs. Every call has a virtual thread and a deadline of its own; failure is a result with words,
 * never an exception. Knows no particular tool and no wire.
 */
@NullMarked
package dev.chela.harness.tools;

import org.jspecify.annotations.NullMarked;
