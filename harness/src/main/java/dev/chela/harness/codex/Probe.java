package dev.chela.harness.codex;

import dev.chela.harness.appserver.AppServerException;

/** The answer to one question of a status report, or why there is none. */
public sealed interface Probe<T> {

    record Answer<T>(T value) implements Probe<T> {}

    record Trouble<T>(AppServerException cause) implements Probe<T> {}
}
