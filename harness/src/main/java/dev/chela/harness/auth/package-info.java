/**
 * How an agent's app-server gets signed in: with a key from the environment where nobody is signed
 * in and the server wants it, or by a person with a code. Keys and tokens pass through here once,
 * on their way to the app-server, which keeps them in its own home.
 */
@NullMarked
package dev.chela.harness.auth;

import org.jspecify.annotations.NullMarked;
