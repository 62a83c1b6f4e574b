/**
 * Peers for tests of whatever talks to an app-server: one made of Java that behaves as the real one
 * was observed to, one that follows a test's script, one that replays a recording until it falls
 * silent, and the real binary with a scripted model behind it. The scenario classes run on all of
 * them.
 */
@NullMarked
package dev.chela.harness.kit;

import org.jspecify.annotations.NullMarked;
