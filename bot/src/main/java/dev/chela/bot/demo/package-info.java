/**
 * The demo: the whole bot with everything embedded, a scripted model behind the real Codex, and a
 * chat in the terminal that is a channel like any other.
 */
@NullMarked
package dev.chela.bot.demo;

import org.jspecify.annotations.NullMarked;
