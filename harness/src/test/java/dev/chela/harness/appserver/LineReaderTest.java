package dev.chela.harness.appserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class LineReaderTest {

    @Test
    void aGiantLineIsSkippedAndItsHeadKept() throws IOException {
        String giant = "{\"id\":7," + "x".repeat(300_000);
        var reader = new LineReader(bytes(giant + "\n{\"next\":1}\n"), 100_000);

        assertThat(reader.next())
                .hasValueSatisfying(
                        frame -> {
                            var skipped = (Frame.Oversized) frame;
                            assertThat(skipped.bytes()).isEqualTo(giant.length());
                            assertThat(skipped.head()).startsWith("{\"id\":7,xxx").hasSize(512);
                        });
        assertThat(reader.next()).contains(new Frame.Text("{\"next\":1}"));
        assertThat(reader.next()).isEmpty();
    }

    @Test
    void aLastLineWithoutNewlineCountsAndBlankOnesDoNot() throws IOException {
        var reader = new LineReader(bytes("\n  \na\r\n\nb"), 100);

        assertThat(reader.next()).contains(new Frame.Text("a\r"));
        assertThat(reader.next()).contains(new Frame.Text("b"));
        assertThat(reader.next()).isEmpty();
    }

    @Property(tries = 200)
    void howeverTheStreamIsCutTheLinesAreTheSame(
            @ForAll
                    List<@CharRange(from = 'a', to = 'z') @StringLength(min = 1, max = 40) String>
                            lines,
            @ForAll @IntRange(min = 1, max = 7) int cut)
            throws IOException {
        String text = String.join("\n", lines);
        InputStream dribbling =
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
                    @Override
                    public synchronized int read(byte[] target, int offset, int length) {
                        return super.read(target, offset, Math.min(length, cut));
                    }
                };
        var reader = new LineReader(dribbling, 1_000);
        var read = new ArrayList<Frame>();
        for (var next = reader.next(); next.isPresent(); next = reader.next()) {
            read.add(next.get());
        }
        assertThat(read).isEqualTo(lines.stream().map(Frame.Text::new).toList());
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
