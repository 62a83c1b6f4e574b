/**
 * The marks that config records carry: key, default, bounds, spelling, documentation. The binder,
 * the JSON Schema and the editor all read these and nothing else, so that they cannot disagree.
 */
@NullMarked
package dev.chela.config.meta;

import org.jspecify.annotations.NullMarked;
