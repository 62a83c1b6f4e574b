/**
 * The Codex binary that Chela brings: pinned by version and digest, fetched from an npm registry
 * once for all state directories of a user, verified before a byte of it is unpacked. Blocking; any
 * thread. Knows nothing of processes or protocols.
 */
@NullMarked
package dev.chela.harness.appserver.managed;

import org.jspecify.annotations.NullMarked;
