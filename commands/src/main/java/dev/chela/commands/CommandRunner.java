package dev.chela.commands;

import dev.chela.commands.CommandSpec.Authority;
import dev.chela.commands.Reading.Found;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs commands: who may, what went wrong in one line, an audit entry for each (commands §4). */
public final class CommandRunner {

    private static final Logger LOG = LoggerFactory.getLogger(CommandRunner.class);

    private final AuditLog audit;
    private final Map<String, LongAdder> runs = new ConcurrentHashMap<>();

    public CommandRunner(AuditLog audit) {
        this.audit = audit;
    }

    /**
     * Runs a command for its caller.
     *
     * @param authorized whether the sender may use commands here at all
     */
    public CommandAnswer run(Found found, CommandCall call, boolean authorized) {
        CommandSpec spec = found.command().spec();
        runs.computeIfAbsent(spec.name(), name -> new LongAdder()).increment();
        if (!authorized && !found.command().isOpenTo(call)) {
            audit.record(call, spec.name(), "not authorized");
            return new CommandAnswer.Silent("not authorized for commands");
        }
        if (spec.authority() == Authority.OWNER && !call.source().owner()) {
            audit.record(call, spec.name(), "owner only");
            return CommandAnswer.say(
                    "`/%s` is for the owner of this bot. `/whoami` shows who you are here."
                            .formatted(spec.name()));
        }
        try {
            CommandAnswer answer = found.command().run(call);
            audit.record(call, spec.name(), outcomeOf(answer));
            return answer;
        } catch (CommandException refused) {
            audit.record(call, spec.name(), "refused");
            return CommandAnswer.say(refused.notice());
        } catch (Exception broken) { // the root of the command's thread
            LOG.atError()
                    .addKeyValue("command", spec.name())
                    .addKeyValue("ticket", call.ticket())
                    .setCause(broken)
                    .log("command failed");
            audit.record(call, spec.name(), "failed");
            return CommandAnswer.say(
                    "`/%s` failed inside the bot; the log has the cause under ticket %d."
                            .formatted(spec.name(), call.ticket()));
        }
    }

    /** How often each command ran since the start. */
    public Map<String, LongAdder> runs() {
        return Map.copyOf(runs);
    }

    private static String outcomeOf(CommandAnswer answer) {
        return switch (answer) {
            case CommandAnswer.Reply reply -> "answered";
            case CommandAnswer.Prompt prompt -> "started a turn";
            case CommandAnswer.Steer steer -> "steered";
            case CommandAnswer.Silent silent -> silent.reason();
            case CommandAnswer.Unfinished unfinished -> "unfinished: " + unfinished.reason();
        };
    }
}
