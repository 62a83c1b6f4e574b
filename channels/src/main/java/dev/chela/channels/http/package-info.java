/**
 * The one local HTTP server of the process; everything that speaks HTTP is mounted on it. A request
 * passes the {@code Gate} (host, origin, token) before any handler sees it, and every answer
 * carries the same strict headers. Each request runs on a virtual thread of its own and may block.
 * Knows nothing of chats, health or metrics.
 */
@NullMarked
package dev.chela.channels.http;

import org.jspecify.annotations.NullMarked;
