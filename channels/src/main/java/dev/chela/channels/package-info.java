/**
 * The port every platform is spoken to through: who is talking, where, and how words reach them.
 * Nothing here knows a platform. Adapters live in sub-packages, one each; inbound events go through
 * {@link Intake}, outbound words through {@link Channel}.
 */
@NullMarked
package dev.chela.channels;

import org.jspecify.annotations.NullMarked;
