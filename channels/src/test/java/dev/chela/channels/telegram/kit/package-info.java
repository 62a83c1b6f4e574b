/**
 * A Bot API server for tests: real HTTP, real state, and misbehaviour on demand. It keeps updates
 * until an offset confirms them, records a send before it cuts the connection, and shows a chat as
 * its people see it. Whole-bot tests use it too.
 */
@NullMarked
package dev.chela.channels.telegram.kit;

import org.jspecify.annotations.NullMarked;
