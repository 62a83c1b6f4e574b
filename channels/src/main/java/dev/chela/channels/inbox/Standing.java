package dev.chela.channels.inbox;

/**
 * How a sender stood when the event arrived.
 *
 * @param owner whether the sender owns the bot
 * @param commandsAllowed whether the sender may give commands there
 * @param addressed whether the event speaks to us: always in a direct chat
 */
public record Standing(boolean owner, boolean commandsAllowed, boolean addressed) {

    boolean mayAsMuchAs(Standing other) {
        return owner == other.owner && commandsAllowed == other.commandsAllowed;
    }
}
