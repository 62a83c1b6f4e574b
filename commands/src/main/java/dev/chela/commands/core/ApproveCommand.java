package dev.chela.commands.core;

import dev.chela.commands.Command;
import dev.chela.commands.CommandAnswer;
import dev.chela.commands.CommandCall;
import dev.chela.commands.CommandException;
import dev.chela.commands.CommandSpec;
import dev.chela.commands.CommandSpec.Group;
import dev.chela.commands.Deciders;
import dev.chela.commands.Sanitised;
import dev.chela.commands.Tokens;
import dev.chela.harness.approval.Approval;
import dev.chela.harness.approval.ApprovalId;
import dev.chela.harness.approval.Approvals;
import dev.chela.harness.approval.Choice;
import dev.chela.harness.approval.DecideResult;
import dev.chela.harness.approval.Decision;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code /approve <id> <decision>}, in either order, by short id. */
public final class ApproveCommand implements Command {

    private static final String KIND_PREFIX = "plugin:";

    private final Approvals approvals;
    private final Deciders deciders;

    public ApproveCommand(Approvals approvals, Deciders deciders) {
        this.approvals = approvals;
        this.deciders = deciders;
    }

    @Override
    public CommandSpec spec() {
        return CommandSpec.of(
                "approve",
                "<id> allow-once|allow-always|deny",
                "decide what the agent asks for",
                Group.SAFETY);
    }

    @Override
    public CommandAnswer run(CommandCall call) {
        List<String> words = Tokens.split(call.arguments()).orElse(List.of());
        if (words.size() != 2) {
            throw usage();
        }
        Optional<Choice> second = Choice.parse(words.get(1));
        String id = second.isPresent() ? words.get(0) : words.get(1);
        Choice choice = second.or(() -> Choice.parse(words.get(0))).orElseThrow(this::usage);
        return CommandAnswer.say(decide(call, stripKind(id), choice));
    }

    @Override
    public boolean isOpenTo(CommandCall call) {
        return deciders.isApprover(call.source());
    }

    private String decide(CommandCall call, String id, Choice choice) {
        List<Approval> meant = approvals.meant(id);
        List<ApprovalId> own =
                meant.stream()
                        .filter(approval -> deciders.mayDecide(call.source(), approval))
                        .map(Approval::id)
                        .toList();
        if (!meant.isEmpty() && own.isEmpty()) {
            throw new CommandException("You may not decide this; an approver or the owner may.");
        }
        DecideResult result;
        if (meant.isEmpty()) {
            result = new DecideResult.Unknown();
        } else if (meant.size() > 1) {
            result = new DecideResult.Ambiguous(own);
        } else {
            // By the full id: what was looked at is what is decided, whatever ends meanwhile.
            result =
                    approvals.decide(
                            own.getFirst().value(),
                            new Decision.Chosen(choice),
                            call.source().askerId());
        }
        return describe(result, id);
    }

    private static String describe(DecideResult result, String id) {
        return switch (result) {
            case DecideResult.Decided(Approval approval) ->
                    "Approval `%s`: %s.".formatted(approval.id(), Outcomes.describe(approval));
            case DecideResult.AlreadyDecided(Approval approval) ->
                    "Approval `%s` was already decided: %s."
                            .formatted(approval.id(), Outcomes.describe(approval));
            case DecideResult.Expired(Approval approval) ->
                    "Approval `%s` had expired and counted as denied. Ask the agent again."
                            .formatted(approval.id());
            case DecideResult.Ambiguous(List<ApprovalId> candidates) ->
                    "Several approvals begin with that: %s. Give the full id; nothing was decided."
                            .formatted(
                                    candidates.stream()
                                            .map(each -> "`" + each + "`")
                                            .collect(Collectors.joining(", ")));
            case DecideResult.Unknown() ->
                    "No approval has the id %s. It may have been answered long ago."
                            .formatted(Sanitised.code(id, 40));
        };
    }

    private static String stripKind(String id) {
        return id.startsWith(KIND_PREFIX) ? id.substring(KIND_PREFIX.length()) : id;
    }

    private CommandException usage() {
        return new CommandException("Usage: `%s`".formatted(spec().usage()));
    }
}
