/**
 * What the config records look like, read once by reflection from their components and marks: the
 * one description that binder, JSON Schema and editor share. Immutable after construction.
 */
@NullMarked
package dev.chela.config.shape;

import org.jspecify.annotations.NullMarked;
