package dev.chela.config.state;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A program that takes a state directory, says so and keeps it until its input ends. */
public final class LockHolder {

    private LockHolder() {}

    /** The one argument is the directory. */
    public static void main(String[] arguments) throws IOException {
        InstanceLock lock = InstanceLock.acquire(StateDirectory.open(Path.of(arguments[0])));
        lock.publishPort(4711);
        new PrintStream(
                        new java.io.FileOutputStream(java.io.FileDescriptor.out),
                        true,
                        StandardCharsets.UTF_8)
                .println("held");
        if (System.in.read() < 0) {
            lock.close();
        }
    }
}
