package dev.chela.harness.approval;

import dev.chela.config.Live;
import dev.chela.config.state.Database;
import dev.chela.config.state.DatabaseException;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;
import dev.chela.harness.ThreadId;
import dev.chela.harness.Timers;
import dev.chela.harness.TurnId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one store of approvals and questions. An asker blocks in {@link #ask}; a person decides
 * through {@link #decide} or, for questions, with their next message. The first decision wins and
 * is on disk before the asker wakes.
 */
public final class Approvals {

    private static final Logger LOG = LoggerFactory.getLogger(Approvals.class);

    /** What open approvals get anew at a start, so that a request sent again can find them. */
    private static final Duration RESTART_GRACE = Duration.ofMinutes(1);

    /** How much longer than its patience an asker waits for the end to be stored. */
    private static final Duration SETTLING_MAX = Duration.ofMinutes(2);

    private static final String ID_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int ID_CHARS = 6;
    private static final Pattern ID_PREFIX = Pattern.compile("[a-z0-9]{1,32}");
    private static final int CANDIDATES_MAX = 20;

    private final ApprovalRows rows;
    private final MemoryRows memory;
    private final ApprovalPruning pruning;
    private final Timers timers;
    private final RandomGenerator random;
    private final ApprovalDesk desk;
    private final Live<Patience> patience;
    private final Map<ApprovalId, CompletableFuture<Decision>> waiting = new ConcurrentHashMap<>();

    /** A store with the standard patience. */
    public Approvals(Database database, Timers timers, RandomGenerator random, ApprovalDesk desk) {
        this(database, timers, random, desk, Live.of(Patience.standard()));
    }

    public Approvals(
            Database database,
            Timers timers,
            RandomGenerator random,
            ApprovalDesk desk,
            Live<Patience> patience) {
        this.rows = new ApprovalRows(database);
        this.memory = new MemoryRows(database);
        this.pruning = new ApprovalPruning(database);
        this.timers = timers;
        this.random = random;
        this.desk = desk;
        this.patience = patience;
    }

    /**
     * Takes up what an earlier process left: what is open is shown again, decidable, and timed out
     * after its time or a minute, whichever is later; what ended is shown so, if it was not yet.
     */
    public void recover() {
        rows.untold().forEach(this::show);
        Instant graceEnd = timers.instant().plus(RESTART_GRACE);
        for (Approval approval : rows.allOpen()) {
            desk.shown(approval);
            Instant end = approval.expiresAt();
            expireAt(approval.id(), end.isAfter(graceEnd) ? end : graceEnd);
        }
    }

    /** {@link #ask(ApprovalRequest, Duration)} with the patience of its kind. */
    public Decision ask(ApprovalRequest request) {
        return ask(request, patience.get().of(request.kind()));
    }

    /**
     * Asks and waits. A request that Codex sends again gets the decision it already has, or goes on
     * waiting; one whose fingerprint was allowed <em>always</em> in this session is not asked. An
     * interrupted asker gets {@link Decision.Withdrawn}.
     *
     * @param atMost how long until {@link Decision.TimedOut}
     */
    public Decision ask(ApprovalRequest request, Duration atMost) {
        Instant now = timers.instant();
        if (isRemembered(request, now)) {
            return new Decision.Chosen(Choice.ALLOW_ALWAYS);
        }
        withdrawOlderQuestions(request);
        Approval approval = rows.open(request, now, now.plus(atMost), this::newId);
        Decision decision =
                approval.decision().isPresent()
                        ? approval.decision().get()
                        : showAndAwait(approval, atMost);
        if (request.kind().recurs()) {
            rows.taken(approval.id(), timers.instant());
        }
        return decision;
    }

    private boolean isRemembered(ApprovalRequest request, Instant now) {
        return request.fingerprint().stream()
                .anyMatch(print -> memory.knows(request.session(), print, now));
    }

    private Decision showAndAwait(Approval approval, Duration atMost) {
        CompletableFuture<Decision> decision =
                waiting.computeIfAbsent(approval.id(), id -> new CompletableFuture<>());
        Timers.Alarm alarm = expireAt(approval.id(), approval.expiresAt());
        if (!desk.shown(approval)) {
            settle(approval.id(), new Decision.Unroutable());
        }
        // A decision between the commit above and the registration found nobody waiting.
        rows.find(approval.id()).flatMap(Approval::decision).ifPresent(decision::complete);
        try {
            return await(approval.id(), decision, atMost.plus(SETTLING_MAX));
        } finally {
            alarm.cancel();
        }
    }

    /**
     * Decides what {@code idOrPrefix} names. Choosing {@link Choice#ALLOW_ALWAYS} where it was not
     * offered counts as once.
     *
     * @param who for the record and the prompt; the caller has checked that they may
     */
    public DecideResult decide(String idOrPrefix, Decision decision, String who) {
        String prefix = idOrPrefix.strip().toLowerCase(Locale.ROOT);
        if (!ID_PREFIX.matcher(prefix).matches()) {
            return new DecideResult.Unknown();
        }
        List<Approval> found = rows.withPrefix(prefix, CANDIDATES_MAX);
        List<Approval> open = found.stream().filter(Approval::isOpen).toList();
        if (open.size() > 1) {
            return new DecideResult.Ambiguous(open.stream().map(Approval::id).toList());
        }
        if (open.isEmpty()) {
            // A prefix of several that ended names none of them.
            return found.size() == 1 ? ended(found.getFirst()) : new DecideResult.Unknown();
        }
        Approval named = open.getFirst();
        return decide(named.id(), Ending.by(who, offered(named, decision), timers.instant()));
    }

    /** Everything that waits, oldest first. */
    public List<Approval> pending() {
        return rows.allOpen();
    }

    /** What waits in a session, oldest first. */
    public List<Approval> pending(SessionKey session) {
        return rows.openOf(session);
    }

    /**
     * The one approval that an id or prefix names, open ones first; empty if none or several do.
     */
    public Optional<Approval> lookUp(String idOrPrefix) {
        List<Approval> named = meant(idOrPrefix);
        return named.size() == 1 ? Optional.of(named.getFirst()) : Optional.empty();
    }

    /**
     * What an id or prefix may stand for: all open ones, or the one that ended; a prefix of several
     * that ended names none of them.
     */
    public List<Approval> meant(String idOrPrefix) {
        String prefix = idOrPrefix.strip().toLowerCase(Locale.ROOT);
        if (!ID_PREFIX.matcher(prefix).matches()) {
            return List.of();
        }
        List<Approval> found = rows.withPrefix(prefix, CANDIDATES_MAX);
        List<Approval> open = found.stream().filter(Approval::isOpen).toList();
        return open.isEmpty() && found.size() == 1 ? found : open;
    }

    /** The approval itself, open or not. */
    public Optional<Approval> find(ApprovalId id) {
        return rows.find(id);
    }

    /**
     * Takes a person's next message as the answer to the session's open question, if there is one
     * and they may answer it: in a group only who asked for the turn, or an owner. The answer and
     * the ticket are one commit, so that a message brought again after a crash is still an answer
     * and not a turn of its own.
     *
     * @param ticket the message's place in arrival order
     * @return the answered question; empty if the message is an ordinary one
     */
    public Optional<Approval> answerNext(
            SessionKey session, String askerId, boolean owner, long ticket, String text) {
        List<Approval> candidates = rows.answerable(session, ticket);
        Optional<Approval> before =
                candidates.stream().filter(found -> !found.isOpen()).findFirst();
        if (before.isPresent()) {
            return before;
        }
        return candidates.stream()
                .filter(open -> open.request().kind() == ApprovalRequest.Kind.QUESTION)
                // After a restart nobody waits until Codex has asked again.
                .filter(open -> waiting.containsKey(open.id()))
                .filter(open -> owner || mayAnswer(open.request().source(), askerId))
                .findFirst()
                .flatMap(open -> answered(open, askerId, ticket, text));
    }

    private Optional<Approval> answered(Approval open, String who, long ticket, String text) {
        Ending ending = Ending.by(who, answers(open, text), timers.instant()).heardIn(ticket);
        return decide(open.id(), ending) instanceof DecideResult.Decided(Approval done)
                ? Optional.of(done)
                : Optional.empty();
    }

    /** Reads {@code text} as answers to an approval's questions, as {@link #answerNext} does. */
    public static Decision.Answered answers(Approval approval, String text) {
        return new Decision.Answered(Answers.parse(approval.request().questions(), text));
    }

    /** Ends what a turn still asks; its askers get {@link Decision.Withdrawn}. */
    public void withdraw(ThreadId thread, TurnId turn) {
        rows.openOf(thread, turn).forEach(this::withdraw);
    }

    /** {@link #withdraw(ThreadId, TurnId)} once it is over; what it was told in secret goes. */
    public void turnOver(ThreadId thread, TurnId turn) {
        withdraw(thread, turn);
        rows.forgetSecrets(thread, turn);
    }

    /** Ends what was asked from this place, if it is open. */
    public void withdraw(Origin origin) {
        rows.openOf(origin.thread(), origin.turn()).stream()
                .filter(open -> open.request().origin().filter(origin::equals).isPresent())
                .forEach(this::withdraw);
    }

    private static boolean mayAnswer(Source source, String askerId) {
        return source.askerId().equals(askerId);
    }

    private void withdrawOlderQuestions(ApprovalRequest request) {
        if (request.kind() != ApprovalRequest.Kind.QUESTION) {
            return;
        }
        request.origin().stream()
                .flatMap(origin -> rows.openOf(origin.thread(), origin.turn()).stream())
                .filter(open -> open.request().kind() == ApprovalRequest.Kind.QUESTION)
                .filter(open -> !open.request().origin().equals(request.origin()))
                .forEach(this::withdraw);
    }

    /** Says that something is not even asked: its answer would be seen by others. */
    public void refuse(ApprovalRequest request) {
        desk.refused(request);
    }

    /** The session begins anew: what was allowed <em>always</em> in it is asked for again. */
    public void forget(SessionKey session) {
        memory.forget(session);
    }

    /** The same within the job that ends the session, or takes another one up in its place. */
    public static void forget(Handle handle, SessionKey session) {
        MemoryRows.forget(handle, session);
    }

    /** Forgets by age: words after {@code bodies}, all of it after {@code keys}; open ones stay. */
    public int prune(Duration bodies, Duration keys) {
        return pruning.prune(bodies, keys, timers.instant());
    }

    private void withdraw(Approval open) {
        settle(open.id(), new Decision.Withdrawn());
    }

    private void settle(ApprovalId id, Decision decision) {
        rows.settle(id, Ending.of(decision, timers.instant())).ifPresent(this::tell);
    }

    private DecideResult decide(ApprovalId id, Ending ending) {
        Optional<Approval> settled = rows.settle(id, ending);
        if (settled.isEmpty()) {
            return rows.find(id).map(Approvals::ended).orElseGet(DecideResult.Unknown::new);
        }
        tell(settled.get());
        return new DecideResult.Decided(settled.get());
    }

    private static DecideResult ended(Approval approval) {
        return approval.decision().filter(Decision.TimedOut.class::isInstance).isPresent()
                ? new DecideResult.Expired(approval)
                : new DecideResult.AlreadyDecided(approval);
    }

    private static Decision offered(Approval approval, Decision decision) {
        boolean widened =
                decision instanceof Decision.Chosen(Choice choice)
                        && choice == Choice.ALLOW_ALWAYS
                        && !approval.request().choices().contains(choice);
        return widened ? new Decision.Chosen(Choice.ALLOW_ONCE) : decision;
    }

    private Timers.Alarm expireAt(ApprovalId id, Instant end) {
        Duration left = Duration.between(timers.instant(), end);
        return timers.after(left, () -> rows.expire(id, timers.instant()).ifPresent(this::tell));
    }

    private void tell(Approval settled) {
        CompletableFuture<Decision> asker = waiting.remove(settled.id());
        if (asker != null) {
            asker.complete(settled.decision().orElseThrow());
        }
        show(settled);
    }

    /** A prompt that keeps its buttons must cost nobody the decision; a start tries again. */
    private void show(Approval settled) {
        try {
            desk.settled(settled);
            rows.told(settled.id());
        } catch (DatabaseException e) {
            LOG.warn("approval={} keeps its open prompt: {}", settled.id(), e.getMessage());
        }
    }

    private Decision await(ApprovalId id, CompletableFuture<Decision> decision, Duration atMost) {
        try {
            return decision.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException unsettled) {
            // The alarm's own write failed; the asker must not wait for ever.
            return new Decision.TimedOut();
        } catch (InterruptedException e) {
            settle(id, new Decision.Withdrawn());
            Thread.currentThread().interrupt();
            return decision.getNow(new Decision.Withdrawn());
        } catch (ExecutionException e) {
            throw new IllegalStateException("a decision is never completed exceptionally", e);
        } finally {
            waiting.remove(id, decision);
        }
    }

    private ApprovalId newId() {
        StringBuilder id = new StringBuilder(ID_CHARS);
        for (int i = 0; i < ID_CHARS; i++) {
            id.append(ID_LETTERS.charAt(random.nextInt(ID_LETTERS.length())));
        }
        return new ApprovalId(id.toString());
    }
}
