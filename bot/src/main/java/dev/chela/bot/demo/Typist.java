package dev.chela.bot.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Where typed lines come from, and the screen that does not disturb the line being typed. */
public interface Typist extends AutoCloseable {

    /** The next line; empty at the end of input. */
    Optional<String> next() throws IOException;

    Screen screen();

    @Override
    void close() throws IOException;

    /** A person at a real terminal, with history and editing. */
    static Typist atTerminal() throws IOException {
        Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build();
        LineReader reader =
                LineReaderBuilder.builder()
                        .terminal(terminal)
                        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                        .build();
        return new Typist() {
            @Override
            public Optional<String> next() {
                try {
                    return Optional.of(reader.readLine("you> "));
                } catch (UserInterruptException | EndOfFileException end) {
                    return Optional.empty();
                }
            }

            @Override
            public Screen screen() {
                return new Screen() {
                    @Override
                    public void show(String text) {
                        reader.printAbove(text);
                    }

                    @Override
                    public boolean styled() {
                        return !Terminal.TYPE_DUMB.equals(terminal.getType())
                                && System.getenv("NO_COLOR") == null;
                    }
                };
            }

            @Override
            public void close() throws IOException {
                terminal.close();
            }
        };
    }

    /** Lines piped in. */
    static Typist piped(Appendable out) {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        return new Typist() {
            @Override
            public Optional<String> next() throws IOException {
                return Optional.ofNullable(in.readLine());
            }

            @Override
            public Screen screen() {
                return Screen.of(out);
            }

            @Override
            public void close() {
                // Standard input stays the JVM's.
            }
        };
    }
}
