/**
 * What the operator wrote: one record per section of the config file, with defaults and bounds.
 * Values here are immutable snapshots; whoever needs the newest asks a {@link Live}. Knows nothing
 * of files, environment or any other module.
 */
@NullMarked
package dev.chela.config;

import org.jspecify.annotations.NullMarked;
