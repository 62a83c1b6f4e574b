/**
 * The bot's own commands, one class each: help, who and what, the session and its queue. Each
 * answers from snapshots and never starts a turn unless its specification says so.
 */
@NullMarked
package dev.chela.commands.core;

import org.jspecify.annotations.NullMarked;
