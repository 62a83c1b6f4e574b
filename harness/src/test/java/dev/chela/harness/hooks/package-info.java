/** The relay of Codex's hooks, with the script really run. */
@NullMarked
package dev.chela.harness.hooks;

import org.jspecify.annotations.NullMarked;
