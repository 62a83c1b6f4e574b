/**
 * Doubles for whoever tests around sessions: a harness whose turns a test drives by hand, and a
 * desk that remembers what it was told. Published in the test jar.
 */
@NullMarked
package dev.chela.harness.session.kit;

import org.jspecify.annotations.NullMarked;
