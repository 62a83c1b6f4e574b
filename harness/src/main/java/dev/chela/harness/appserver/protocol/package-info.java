/**
 * The wire of the Codex app-server as data: one record for each message Chela uses, named after the
 * method. Component names are the wire's own. The wire is open: what is not known here decodes to
 * {@code Unknown} or an enum's {@code UNKNOWN}, is counted and logged once, and ends nothing. Knows
 * neither transports nor processes.
 */
@NullMarked
package dev.chela.harness.appserver.protocol;

import org.jspecify.annotations.NullMarked;
