package dev.chela.channels.text;

import java.util.ArrayList;
import java.util.List;

/** A whole text with the style of each character: what lies between Markdown and a platform. */
final class StyledText {

    private record Run(int start, int end, Style style) {}

    private final String text;
    private final List<Run> runs;

    private StyledText(String text, List<Run> runs) {
        this.text = text;
        this.runs = runs;
    }

    String text() {
        return text;
    }

    int length() {
        return text.length();
    }

    Style styleAt(int index) {
        return runs.get(runAt(index)).style();
    }

    /** The spans from {@code from} to before {@code to}. */
    List<Span> slice(int from, int to) {
        List<Span> spans = new ArrayList<>();
        if (from >= to) {
            return spans;
        }
        for (int i = runAt(from); i < runs.size() && runs.get(i).start() < to; i++) {
            Run run = runs.get(i);
            int start = Math.max(from, run.start());
            int end = Math.min(to, run.end());
            spans.add(new Span(text.substring(start, end), run.style()));
        }
        return spans;
    }

    private int runAt(int index) {
        int low = 0;
        int high = runs.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (runs.get(middle).start() <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Collects a styled text from its beginning to its end. */
    static final class Builder {

        private final StringBuilder text = new StringBuilder();
        private final List<Run> runs = new ArrayList<>();

        void append(String part, Style style) {
            if (part.isEmpty()) {
                return;
            }
            int start = text.length();
            text.append(part);
            int last = runs.size() - 1;
            if (last >= 0 && runs.get(last).style().equals(style)) {
                runs.set(last, new Run(runs.get(last).start(), text.length(), style));
            } else {
                runs.add(new Run(start, text.length(), style));
            }
        }

        boolean isEmpty() {
            return text.isEmpty();
        }

        StyledText build() {
            return new StyledText(text.toString(), List.copyOf(runs));
        }
    }
}
