package dev.chela.channels.access;

import dev.chela.channels.ChannelEvent;
import dev.chela.channels.Conversation;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Judges events with everything that takes part in it: the rules in force, the approvals and the
 * loop guard. Safe for use by several threads.
 */
public final class Doorkeeper {

    private final Function<Conversation, AccessRules> rules;
    private final Pairings pairings;
    private final LoopGuard loops;

    /**
     * @param rules the rules in force for a conversation, asked for once an event
     */
    public Doorkeeper(
            Function<Conversation, AccessRules> rules, Pairings pairings, LoopGuard loops) {
        this.rules = rules;
        this.pairings = pairings;
        this.loops = loops;
    }

    /** An event, what may become of it, and whether it speaks to us. */
    public record Judged(ChannelEvent event, Verdict verdict, boolean addressed) {}

    public Judged judge(ChannelEvent event) {
        AccessRules inForce = rules.apply(event.conversation());
        Verdict verdict =
                AccessPolicy.judge(
                        inForce,
                        pairings.approved(event.id().channel(), event.id().account()),
                        event);
        if (!(verdict instanceof Verdict.Refused) && !loops.hears(inForce.loops(), event)) {
            verdict = new Verdict.Refused("two bots are talking in a loop");
        }
        return new Judged(event, verdict, AccessPolicy.addressed(inForce, event));
    }

    /** The code to tell a stranger, inside the caller's transaction; empty to stay silent. */
    public Optional<String> pairingCode(Handle db, ChannelEvent event) {
        return pairings.request(db, event.id().channel(), event.id().account(), event.sender());
    }
}
