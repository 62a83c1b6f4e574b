/**
 * A model that follows a script: a loopback server which speaks enough of the Responses API for a
 * real Codex app-server to run real turns without an account. The demo shows it to newcomers and
 * the tests drive it. Every request has its own virtual thread; nothing here knows sessions,
 * channels or the app-server.
 */
@NullMarked
package dev.chela.harness.scripted;

import org.jspecify.annotations.NullMarked;
