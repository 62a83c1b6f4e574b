package dev.chela.bot.cli;

import dev.chela.channels.http.PortBusyException;
import dev.chela.config.edit.EditException;
import dev.chela.config.state.DatabaseException;
import dev.chela.config.state.InstanceHeldException;
import dev.chela.config.state.StateException;
import dev.chela.harness.appserver.AppServerException;
import dev.chela.harness.appserver.managed.CodexUnavailableException;
import dev.chela.harness.auth.SignInException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Prints expected failures as one message, and only unexpected ones with where they came from. */
final class Failures implements IExecutionExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final int FAILED = 1;
    private static final int BROKEN = 2;

    @Override
    public int handleExecutionException(Exception failure, CommandLine line, ParseResult result) {
        if (isExpected(failure)) {
            line.getErr().println("chela: " + failure.getMessage());
            return FAILED;
        }
        line.getErr().println("chela: this should not happen, and the log says more: " + failure);
        LOG.error("command failed", failure);
        return BROKEN;
    }

    private static boolean isExpected(Exception failure) {
        return failure instanceof RefusedException
                || failure instanceof InstanceHeldException
                || failure instanceof PortBusyException
                || failure instanceof StateException
                || failure instanceof DatabaseException
                || failure instanceof EditException
                || failure instanceof CodexUnavailableException
                || failure instanceof SignInException
                || failure instanceof UncheckedIOException
                || failure instanceof AppServerException;
    }
}
