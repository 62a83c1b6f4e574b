package dev.chela.commands.codex;

import dev.chela.channels.ChannelException;
import dev.chela.channels.Conversation;
import dev.chela.channels.OutboundMessage;
import dev.chela.channels.delivery.Delivery;
import dev.chela.channels.delivery.DeliveryException;
import dev.chela.channels.delivery.Intent;
import dev.chela.commands.CommandCall;
import dev.chela.commands.CommandException;
import dev.chela.commands.Sanitised;
import dev.chela.config.QueueMode;
import dev.chela.config.state.DatabaseException;
import dev.chela.harness.SessionKey;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnId;
import dev.chela.harness.approval.ApprovalRequest;
import dev.chela.harness.approval.Approvals;
import dev.chela.harness.approval.Choice;
import dev.chela.harness.approval.Decision;
import dev.chela.harness.approval.Origin;
import dev.chela.harness.codex.BindWish;
import dev.chela.harness.codex.ClaimTerms;
import dev.chela.harness.codex.Codex;
import dev.chela.harness.codex.ThreadOffer;
import dev.chela.harness.session.Binding;
import dev.chela.harness.session.Claim;
import dev.chela.harness.session.Claims;
import dev.chela.harness.session.QueueOverride;
import dev.chela.harness.session.SessionKeys;
import dev.chela.harness.session.Sessions;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Binds conversations to threads and lets them go. A claim is stored before anybody is asked for
 * it, and the request carries a name that a repeat finds again; so a start that finds one waiting
 * goes on asking, or carries out what was decided meanwhile.
 */
public final class Claiming {

    private static final Logger LOG = LoggerFactory.getLogger(Claiming.class);
    private static final String HOLDER = "codex";
    private static final int TEXT_CHARS_MAX = 200;
    private static final String TAKE_BACK = "`/codex forget` changes that.";

    private final Codex codex;
    private final Sessions sessions;
    private final Claims claims;
    private final Approvals approvals;
    private final Delivery delivery;
    private final InstantSource clock;
    private final Executor threads;

    /**
     * @param threads runs what waits for a decision, each on a thread of its own
     */
    public Claiming(
            Codex codex,
            Sessions sessions,
            Claims claims,
            Approvals approvals,
            Delivery delivery,
            InstantSource clock,
            Executor threads) {
        this.codex = codex;
        this.sessions = sessions;
        this.claims = claims;
        this.approvals = approvals;
        this.delivery = delivery;
        this.clock = clock;
        this.threads = threads;
    }

    /** Takes up what an earlier process left waiting; call it once, before messages come in. */
    public void recover() {
        claims.untold().forEach((claim, words) -> threads.execute(() -> tell(claim, words)));
        claims.pending().forEach(this::ask);
    }

    /** The claim of the conversation a command was given in, one that waits too. */
    Optional<Claim> of(CommandCall call) {
        return claims.of(call.source().token());
    }

    /** Binds the conversation, or asks for it; the words for the person. */
    String bind(CommandCall call, BindWish wish) {
        Optional<Claim> held = of(call);
        if (held.isPresent() && held.get().ticket() == call.ticket()) {
            // The process died before the answer to this very command was stored.
            return held.get().isBound() ? words(held.get()) : waiting();
        }
        held.ifPresent(Claiming::refuseUnlessOurs);
        SessionKey own = SessionKeys.ofClaim(Agent.of(call), call.source().token());
        SessionKey session = held.map(Claim::session).orElse(own);
        wish.thread()
                .ifPresent(
                        thread ->
                                refuseIfClaimedElsewhere(
                                        "Nothing was bound", codex, thread, session));
        ThreadOffer offer =
                Troubles.told(
                        "Nothing was bound; this conversation is as it was",
                        () -> codex.offer(session, wish));
        if (!offer.modelKnown()) {
            throw new CommandException(
                    ("Nothing was bound: Codex's catalogue, which `/codex models` lists, has no"
                                    + " model %s.")
                            .formatted(Sanitised.code(wish.model().orElse(""), TEXT_CHARS_MAX)));
        }
        boolean asked = held.isEmpty() && !isGranted(call.conversation());
        Claim claim =
                new Claim(
                        session,
                        held.map(Claim::usual).orElse(call.session()),
                        HOLDER,
                        held.isPresent() ? Claim.State.BOUND : Claim.State.PENDING,
                        call.source(),
                        offer.terms().stored(),
                        call.ticket(),
                        clock.instant());
        claims.save(claim, offer.binding());
        if (asked) {
            ask(claim);
            return waiting();
        }
        wish.model().ifPresent(model -> sessions.model(session, Optional.empty()));
        if (held.isEmpty()) {
            hold(claim, Optional.empty());
        }
        return words(claim);
    }

    /** How far the claim was that an earlier run of this very command ended; empty if none. */
    Optional<Claim.State> endedBy(CommandCall call) {
        return claims.endedBy(call.source().token(), call.ticket());
    }

    /** Ends the claim, also one that waits. */
    void release(CommandCall call, Claim claim) {
        claims.ending(claim, call.ticket());
        codex.binding(claim.session())
                .filter(binding -> !claim.isBound())
                .ifPresent(binding -> approvals.withdraw(origin(claim, binding)));
        // Its binding goes in the same write: never is it bound without its thread.
        claims.remove(claim);
    }

    /** Binding asks again on this account, whatever was always allowed; what is bound stays so. */
    void forget(Conversation place) {
        claims.ungrant(HOLDER, place.channel(), place.account());
    }

    private static void refuseUnlessOurs(Claim held) {
        if (!held.holder().equals(HOLDER)) {
            throw new CommandException(
                    "This conversation is already claimed by %s. End that first."
                            .formatted(Sanitised.code(held.holder(), TEXT_CHARS_MAX)));
        }
        if (!held.isBound()) {
            throw new CommandException(
                    "This conversation is already claimed by an earlier `/codex bind`, which waits"
                            + " for its approval. Decide that one, or take it back with"
                            + " `/codex unbind`.");
        }
    }

    /** Another session gives its thread up to who asks for it; a bound conversation does not. */
    static void refuseIfClaimedElsewhere(
            String attempt, Codex codex, ThreadId thread, SessionKey own) {
        boolean elsewhere =
                codex.boundTo(thread).stream()
                        .anyMatch(other -> SessionKeys.isClaim(other) && !other.equals(own));
        if (elsewhere) {
            throw new CommandException(
                    attempt
                            + ": that thread is already claimed by another conversation."
                            + " `/codex unbind` there sets it free.");
        }
    }

    private boolean isGranted(Conversation place) {
        return claims.isGranted(HOLDER, place.channel(), place.account());
    }

    private void ask(Claim claim) {
        threads.execute(
                () -> {
                    try {
                        Optional<Binding> binding = codex.binding(claim.session());
                        if (binding.isEmpty()) {
                            claims.remove(claim);
                        } else if (isGranted(Conversation.parse(claim.conversation()))) {
                            // An earlier process may have asked before that was allowed.
                            holdAndSay(claim);
                        } else {
                            settle(claim, approvals.ask(request(claim, binding.get())));
                        }
                    } catch (Exception broken) { // the root of its thread
                        LOG.error("claim of ticket={} was not settled", claim.ticket(), broken);
                        undo(claim);
                    }
                });
    }

    private void settle(Claim claim, Decision decision) {
        switch (decision) {
            case Decision.Chosen(Choice choice) -> {
                switch (choice) {
                    case ALLOW_ONCE -> holdAndSay(claim);
                    case ALLOW_ALWAYS -> {
                        Conversation place = Conversation.parse(claim.conversation());
                        claims.grant(
                                HOLDER,
                                place.channel(),
                                place.account(),
                                claim.by().askerId(),
                                clock.instant());
                        holdAndSay(claim, "\n\nAsked no more on this account: " + TAKE_BACK);
                    }
                    case DENY -> end(claim, "Not bound: it was denied. Everything is as it was.");
                }
            }
            case Decision.TimedOut timedOut ->
                    end(
                            claim,
                            "Not bound: nobody allowed it in time. Everything is as it was;"
                                    + " `/codex bind` asks again.");
            case Decision.Unroutable unroutable ->
                    end(claim, "Not bound: there is nowhere to ask. Everything is as it was.");
            // Whoever took it back has said so.
            case Decision.Withdrawn withdrawn -> claims.remove(claim);
            case Decision.Answered answered -> claims.remove(claim);
        }
    }

    private void holdAndSay(Claim claim) {
        holdAndSay(claim, "");
    }

    private void holdAndSay(Claim claim, String more) {
        String words = words(claim) + more;
        if (hold(claim, Optional.of(words))) {
            tell(claim, words);
        }
    }

    /**
     * Takes the request away only now that the claim is held: a process that died between the two
     * would leave a claim that waits for a decision nobody is asked for.
     */
    private void tell(Claim claim, String words) {
        try {
            codex.binding(claim.session())
                    .ifPresent(binding -> approvals.withdraw(origin(claim, binding)));
            if (say(claim, words)) {
                claims.told(claim);
            }
        } catch (DatabaseException atTheNextStart) {
            LOG.warn("claim of ticket={} is told at the next start", claim.ticket());
        }
    }

    /** From now on the conversation has the claim's session, and its messages wait their turn. */
    private boolean hold(Claim claim, Optional<String> untold) {
        sessions.queue(claim.session(), QueueOverride.of(QueueMode.FOLLOWUP));
        return claims.allowed(claim, untold);
    }

    /** Says so first: a claim that is gone is not found again at the next start. */
    private void end(Claim claim, String words) {
        boolean there =
                claims.of(claim.conversation())
                        .filter(held -> held.ticket() == claim.ticket())
                        .isPresent();
        if (there) {
            say(claim, words);
            claims.remove(claim);
        }
    }

    /** What broke must not leave a claim that nobody decides any more. */
    private void undo(Claim claim) {
        try {
            end(
                    claim,
                    "Not bound: the bot failed on the way; its log has the cause under ticket %d."
                            .formatted(claim.ticket()));
        } catch (DatabaseException atTheNextStart) {
            LOG.warn("claim of ticket={} waits for the next start", claim.ticket());
        }
    }

    /** Whether it is stored to be sent. */
    private boolean say(Claim claim, String words) {
        try {
            delivery.post(
                    Intent.say(
                            "claim:" + claim.ticket(),
                            Conversation.parse(claim.conversation()),
                            OutboundMessage.of(words)));
            return true;
        } catch (DeliveryException | ChannelException e) {
            LOG.warn("claim of ticket={}: outcome not told", claim.ticket(), e);
            return false;
        }
    }

    private ApprovalRequest request(Claim claim, Binding binding) {
        ClaimTerms terms = ClaimTerms.of(claim);
        return new ApprovalRequest(
                ApprovalRequest.Kind.CHAT_COMMAND,
                claim.usual(),
                claim.by(),
                Optional.of(origin(claim, binding)),
                "Bind this conversation to Codex",
                String.join(
                        "\n",
                        "What is said here goes straight to thread " + binding.thread(),
                        "in " + terms.folder(),
                        "with " + Permissions.of(terms.policy()) + "; nobody is asked meanwhile."),
                EnumSet.allOf(Choice.class),
                List.of());
    }

    private static Origin origin(Claim claim, Binding binding) {
        return new Origin(binding.thread(), new TurnId("bind"), "claim:" + claim.ticket());
    }

    private static String waiting() {
        return "Binding needs an approval, which is asked for here. Until it is given everything"
                + " stays as it is.";
    }

    private String words(Claim claim) {
        ClaimTerms terms = ClaimTerms.of(claim);
        return ("Bound to %s in %s, with %s. What is said here goes straight to it, one message"
                        + " after the other; `/codex unbind` ends that.")
                .formatted(
                        codex.binding(claim.session())
                                .map(
                                        binding ->
                                                "thread "
                                                        + Sanitised.code(
                                                                binding.thread().value(),
                                                                TEXT_CHARS_MAX))
                                .orElse("a new thread"),
                        Sanitised.code(terms.folder().toString(), TEXT_CHARS_MAX),
                        Permissions.of(terms.policy()));
    }
}
