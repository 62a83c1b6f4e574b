/**
 * What Chela costs: a load runner that measures the real bot with the real Codex app-server and a
 * scripted model, beside a client that speaks to the same app-server without Chela. It prints
 * Markdown for docs/BENCHMARKS.md and asserts nothing; a slow machine is no failure. It sees the
 * bot from outside only, through a channel of its own and a process of its own.
 */
@NullMarked
package dev.chela.bench;

import org.jspecify.annotations.NullMarked;
