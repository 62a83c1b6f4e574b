package dev.chela.channels.text;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.node.Node;
import org.jspecify.annotations.Nullable;

/** Sets a table in characters of equal width. */
final class TableLayout {

    /** Wider columns are not padded: a single long cell must not stretch every row. */
    private static final int MAX_WIDTH = 32;

    private TableLayout() {}

    static String of(TableBlock table, int maxUrl) {
        List<List<String>> rows = new ArrayList<>();
        int heads = 0;
        for (@Nullable Node part = table.getFirstChild(); part != null; part = part.getNext()) {
            for (@Nullable Node row = part.getFirstChild(); row != null; row = row.getNext()) {
                rows.add(cells(row, maxUrl));
                heads += part instanceof TableHead ? 1 : 0;
            }
        }
        int[] widths = widths(rows);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            writeRow(rows.get(i), widths, out);
            if (i + 1 == heads) {
                writeRule(widths, out);
            }
        }
        return out.toString();
    }

    private static List<String> cells(Node row, int maxUrl) {
        List<String> cells = new ArrayList<>();
        for (@Nullable Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
            cells.add(Flattener.words(cell, maxUrl).strip());
        }
        return cells;
    }

    private static int[] widths(List<List<String>> rows) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.min(MAX_WIDTH, Math.max(widths[i], width(row.get(i))));
            }
        }
        return widths;
    }

    private static void writeRow(List<String> row, int[] widths, StringBuilder out) {
        for (int i = 0; i < row.size(); i++) {
            String cell = row.get(i);
            out.append(i == 0 ? "" : " | ").append(cell);
            if (i + 1 < row.size()) {
                out.repeat(' ', Math.max(0, widths[i] - width(cell)));
            }
        }
        out.append('\n');
    }

    private static void writeRule(int[] widths, StringBuilder out) {
        for (int i = 0; i < widths.length; i++) {
            out.append(i == 0 ? "" : "-+-").repeat('-', Math.max(1, widths[i]));
        }
        out.append('\n');
    }

    private static int width(String text) {
        return text.codePoints().map(c -> isWide(c) ? 2 : 1).sum();
    }

    private static boolean isWide(int c) {
        return (c >= 0x1100 && c <= 0x115F)
                || (c >= 0x2E80 && c <= 0xA4CF)
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0xFF00 && c <= 0xFF60)
                || c >= 0x1F300;
    }
}
