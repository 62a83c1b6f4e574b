package dev.chela.harness.scripted;

/** Decides what a scripted model answers. Called on many threads. */
@FunctionalInterface
public interface ScriptedMind {

    ModelReply answer(ModelRequest request);
}
