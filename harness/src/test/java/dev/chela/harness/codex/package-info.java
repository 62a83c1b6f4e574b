/** The turn runner against an imitated and the real app-server. */
@NullMarked
package dev.chela.harness.codex;

import org.jspecify.annotations.NullMarked;
