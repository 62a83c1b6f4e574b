package dev.chela.harness.appserver.managed;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.stream.Stream;

/** Why an installation failed, in words for the person who waits for it. */
final class FetchTrouble {

    private static final int CAUSES_MAX = 8;

    private FetchTrouble() {}

    static String of(IOException failure) {
        return switch (failure) {
            case HttpConnectTimeoutException slow -> "no connection came about";
            case HttpTimeoutException silent -> "no answer came";
            case ConnectException unreachable ->
                    isUnknownHost(unreachable)
                            ? "this machine finds no address for that name; is there a network?"
                            : "nothing listens there, or the way there is closed";
            case AccessDeniedException denied -> "no right to write " + denied.getFile();
            case FileSystemException file when file.getReason() == null ->
                    file.getFile() + " cannot be made or written";
            default -> said(failure);
        };
    }

    private static boolean isUnknownHost(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(CAUSES_MAX)
                .anyMatch(
                        cause ->
                                cause instanceof UnresolvedAddressException
                                        || cause instanceof UnknownHostException);
    }

    private static String said(IOException failure) {
        String text = failure.getMessage();
        return text == null ? failure.getClass().getSimpleName() : text;
    }
}
