package dev.chela.channels.access;

import java.util.Optional;

/**
 * Who may give commands, and who owns the bot.
 *
 * @param allowFrom when present the only source of the right to give commands
 * @param useAccessGroups whether the chat's own list gives that right; otherwise everybody admitted
 *     has it
 * @param owners people whose word the bot takes as its owner's
 * @param strictOwners whether {@code *} among the owners counts for nobody
 * @param approvers people who decide approvals; {@code *} counts for nobody
 */
public record CommandRules(
        Optional<SenderList> allowFrom,
        boolean useAccessGroups,
        SenderList owners,
        boolean strictOwners,
        SenderList approvers) {

    /** Rules without approvers. */
    public CommandRules(
            Optional<SenderList> allowFrom,
            boolean useAccessGroups,
            SenderList owners,
            boolean strictOwners) {
        this(allowFrom, useAccessGroups, owners, strictOwners, SenderList.none());
    }

    /** The same with people who are heard when they decide, wherever else they are not. */
    public CommandRules withApprovers(SenderList people) {
        return new CommandRules(allowFrom, useAccessGroups, owners, strictOwners, people);
    }

    /** No list of their own, no owner. */
    public static CommandRules standard() {
        return new CommandRules(Optional.empty(), true, SenderList.none(), false);
    }

    boolean isOwner(String sender) {
        return strictOwners ? owners.names(sender) : owners.contains(sender);
    }

    boolean allows(String sender, boolean listed) {
        return isOwner(sender)
                || allowFrom.map(list -> list.contains(sender)).orElse(!useAccessGroups || listed);
    }
}
