package dev.chela.bot.web;

import dev.chela.channels.access.Approval;
import dev.chela.channels.access.PairingRequest;
import dev.chela.channels.access.Pairings;
import dev.chela.config.Live;
import dev.chela.config.json5.Node;
import dev.chela.config.json5.Span;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Who waits to be let in, and letting them in, as the command line sees it. */
public final class PairingDesk {

    private final Pairings pairings;
    private final Live<List<String>> writtenOwners;
    private final Predicate<Approval> welcome;

    /**
     * A desk over {@code pairings}.
     *
     * @param writtenOwners the owners the config names; without any the first approved person is
     *     the owner
     * @param welcome tells somebody that they were let in; false if it cannot
     */
    public PairingDesk(
            Pairings pairings, Live<List<String>> writtenOwners, Predicate<Approval> welcome) {
        this.pairings = pairings;
        this.writtenOwners = writtenOwners;
        this.welcome = welcome;
    }

    /** The requests that wait, oldest first, as {@code {requests: [...]}}. */
    public Node.Obj list() {
        List<Node> requests = pairings.pending().stream().<Node>map(PairingDesk::shown).toList();
        return Node.Obj.empty().with("requests", new Node.Arr(requests, Span.NOWHERE));
    }

    /**
     * Lets in whoever got {@code code}.
     *
     * @param account refuses a code of another account
     * @param notify whether they are told
     * @return who that is and whether they are the owner now; empty if the code is unknown or
     *     expired
     */
    public Optional<Node.Obj> approve(
            String channel, String code, Optional<String> account, boolean notify) {
        String name = channel.toLowerCase(Locale.ROOT);
        return isOf(account, code)
                ? pairings.approve(name, code)
                        .map(
                                approval ->
                                        shown(approval)
                                                .with(
                                                        "notified",
                                                        new Node.Bool(
                                                                notify && welcome.test(approval),
                                                                Span.NOWHERE)))
                : Optional.empty();
    }

    private boolean isOf(Optional<String> account, String code) {
        return account.isEmpty()
                || pairings.pending().stream()
                        .filter(request -> request.code().equalsIgnoreCase(code.strip()))
                        .anyMatch(request -> request.account().equals(account.get()));
    }

    private static Node.Obj shown(PairingRequest request) {
        return Node.Obj.empty()
                .with("channel", Node.Text.of(request.channel()))
                .with("account", Node.Text.of(request.account()))
                .with("person", Node.Text.of(request.person()))
                .with("name", Node.Text.of(request.name()))
                .with("code", Node.Text.of(request.code()))
                .with("requestedAt", Node.Text.of(request.requestedAt().toString()))
                .with("expiresAt", Node.Text.of(request.expiresAt().toString()));
    }

    private Node.Obj shown(Approval approval) {
        boolean owner =
                writtenOwners.get().isEmpty()
                        && pairings.approvals().stream()
                                .findFirst()
                                .filter(first -> first.person().equals(approval.person()))
                                .filter(first -> first.channel().equals(approval.channel()))
                                .isPresent();
        return Node.Obj.empty()
                .with("channel", Node.Text.of(approval.channel()))
                .with("account", Node.Text.of(approval.account()))
                .with("person", Node.Text.of(approval.person()))
                .with("name", Node.Text.of(approval.name()))
                .with("owner", new Node.Bool(owner, Span.NOWHERE));
    }
}
