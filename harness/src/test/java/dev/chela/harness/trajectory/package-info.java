@NullMarked
package dev.chela.harness.trajectory;

import org.jspecify.annotations.NullMarked;
