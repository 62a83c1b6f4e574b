/**
 * Whole bots for tests: text in, text out, with the real Codex behind them and a scripted model
 * behind Codex. A bot runs in the test's own process, or in a child process that may be killed.
 */
@NullMarked
package dev.chela.bot.kit;

import org.jspecify.annotations.NullMarked;
