/**
 * Whether Codex has what it drives a desktop with: a marketplace with the plugin, the plugin, its
 * MCP server with tools (harness §16). Looks, installs where it is told to, and says what is
 * missing; executes no desktop action. Blocking, on the threads of turns and commands; those who
 * ask the same of the same app-server at once share one look. Knows nothing of turns, threads'
 * bindings and chats.
 */
@NullMarked
package dev.chela.harness.computeruse;

import org.jspecify.annotations.NullMarked;
