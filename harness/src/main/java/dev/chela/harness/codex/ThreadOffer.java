package dev.chela.harness.codex;

import dev.chela.harness.session.Binding;

/**
 * A thread that is open for a conversation to be bound to; nothing of it is stored yet.
 *
 * @param modelKnown false if a model was named that the server's catalogue lacks
 */
public record ThreadOffer(Binding binding, ClaimTerms terms, boolean modelKnown) {}
