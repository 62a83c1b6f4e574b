/**
 * The Codex app-server as a peer: its binary, its process, its transports, and JSON-RPC over them.
 * A connection has one reader that only decodes and hands over, one writer, and a virtual thread
 * for each subscription; callers block on virtual threads of their own, every wait has a deadline.
 * Knows nothing of sessions, turns' meaning or chats.
 */
@NullMarked
package dev.chela.harness.appserver;

import org.jspecify.annotations.NullMarked;
