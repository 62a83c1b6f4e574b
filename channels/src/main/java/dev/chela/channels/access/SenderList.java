package dev.chela.channels.access;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A list of people as the operator wrote it: platform ids, {@code *}, ids with their channel in
 * front ({@code telegram:123}, {@code tg:123}) and names of access groups ({@code
 * accessGroup:family}). Names of people never match; only ids do.
 */
public final class SenderList {

    private static final String GROUP_PREFIX = "accessgroup:";
    private static final Map<String, String> CHANNEL_PREFIXES =
            Map.of(
                    "telegram", "telegram",
                    "tg", "telegram",
                    "discord", "discord",
                    "slack", "slack",
                    "web", "web");

    private final Set<String> ids;
    private final boolean everyone;

    private SenderList(Set<String> ids, boolean everyone) {
        this.ids = Collections.unmodifiableSet(new LinkedHashSet<>(ids));
        this.everyone = everyone;
    }

    /** A list that nobody is on. */
    public static SenderList none() {
        return new SenderList(Set.of(), false);
    }

    /** A list that everybody is on. */
    public static SenderList everybody() {
        return new SenderList(Set.of(), true);
    }

    /**
     * Reads entries for one channel; those of other channels and of unknown access groups match
     * nobody.
     *
     * @param groups the static senders of each access group, by name
     */
    public static SenderList parse(
            String channel, Collection<String> entries, Map<String, List<String>> groups) {
        Set<String> ids = new LinkedHashSet<>();
        boolean everyone = false;
        for (String entry : expand(entries, groups)) {
            String trimmed = entry.strip();
            if (trimmed.equals("*")) {
                everyone = true;
                continue;
            }
            String id = withoutPrefix(channel, trimmed);
            if (!id.isEmpty()) {
                ids.add(id.toLowerCase(Locale.ROOT));
            }
        }
        return new SenderList(ids, everyone);
    }

    /** Whether {@code id} is on the list, by name or because everybody is. */
    public boolean contains(String id) {
        return everyone || names(id);
    }

    /** Whether {@code id} itself is on the list; {@code *} does not count. */
    public boolean names(String id) {
        return ids.contains(id.toLowerCase(Locale.ROOT));
    }

    /** The people named, as written but in lower case; {@code *} is none of them. */
    public List<String> ids() {
        return List.copyOf(ids);
    }

    public boolean isEmpty() {
        return !everyone && ids.isEmpty();
    }

    public boolean isEverybody() {
        return everyone;
    }

    /** This list under a ceiling: nobody is on it who is not on {@code ceiling} too. */
    public SenderList within(SenderList ceiling) {
        if (ceiling.everyone) {
            return this;
        }
        if (everyone) {
            return ceiling;
        }
        Set<String> both = new LinkedHashSet<>(ids);
        both.retainAll(ceiling.ids);
        return new SenderList(both, false);
    }

    private static List<String> expand(
            Collection<String> entries, Map<String, List<String>> groups) {
        List<String> flat = new ArrayList<>();
        for (String entry : entries) {
            if (entry.toLowerCase(Locale.ROOT).startsWith(GROUP_PREFIX)) {
                // One level only: a group that names a group would make the list hard to read.
                flat.addAll(
                        groups.getOrDefault(
                                entry.substring(GROUP_PREFIX.length()).strip(), List.of()));
            } else {
                flat.add(entry);
            }
        }
        return flat;
    }

    private static String withoutPrefix(String channel, String entry) {
        int colon = entry.indexOf(':');
        if (colon < 0) {
            return entry;
        }
        String prefix = entry.substring(0, colon).toLowerCase(Locale.ROOT);
        String owner = CHANNEL_PREFIXES.getOrDefault(prefix, prefix.equals(channel) ? channel : "");
        if (owner.isEmpty()) {
            return entry;
        }
        return owner.equals(channel) ? entry.substring(colon + 1) : "";
    }
}
