package dev.chela.harness.scripted;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A mind that tries a test's own rules in order before it falls back to another mind. */
final class ScriptRules implements ScriptedMind {

    private final List<Rule> rules;
    private final ScriptedMind otherwise;

    ScriptRules(List<Rule> rules, ScriptedMind otherwise) {
        this.rules = new ArrayList<>(rules);
        this.otherwise = otherwise;
    }

    @Override
    public ModelReply answer(ModelRequest request) {
        for (var rule : rules) {
            if (rule.when.test(request)) {
                return rule.mind.answer(request);
            }
        }
        return otherwise.answer(request);
    }

    record Rule(Predicate<ModelRequest> when, ScriptedMind mind) {}

    /** Gives the replies one after the other and then the last one again and again. */
    static ScriptedMind inTurn(List<ModelReply> replies) {
        if (replies.isEmpty()) {
            throw new IllegalArgumentException("a rule needs at least one reply");
        }
        var next = new AtomicInteger();
        return _ -> replies.get(Math.min(next.getAndIncrement(), replies.size() - 1));
    }
}
