package dev.chela.channels.telegram;

import dev.chela.channels.Attachment;
import dev.chela.channels.InboundMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts the pictures of an album together, although Telegram sends each as a message of its own and
 * may cut an album between two polls.
 *
 * <p>Nothing is kept in memory that is not still on Telegram's side: a batch is taken only up to
 * the first album that may go on. The offset stays there, so the next poll brings the album again,
 * whole. An album is whole when two polls that lie the flush pause apart show the same of it.
 */
final class Albums {

    /** Telegram's bound; more of one id is not waited for. */
    private static final int MAX_PICTURES = 10;

    private Map<String, Integer> seen = Map.of();

    /**
     * How many of the batch may be taken now.
     *
     * @param groups the album each update belongs to, in order
     */
    int settled(List<Optional<String>> groups) {
        Map<String, Integer> counts = new HashMap<>();
        groups.forEach(group -> group.ifPresent(id -> counts.merge(id, 1, Integer::sum)));
        int taken = 0;
        while (taken < groups.size() && isWhole(groups.get(taken), counts)) {
            taken++;
        }
        seen = Map.copyOf(counts);
        return beforeTorn(groups, taken);
    }

    /** Moves the end to the front until no album lies on both sides of it. */
    private static int beforeTorn(List<Optional<String>> groups, int end) {
        Set<String> later = new HashSet<>();
        groups.subList(end, groups.size()).forEach(group -> group.ifPresent(later::add));
        for (int i = 0; i < end; i++) {
            if (groups.get(i).filter(later::contains).isPresent()) {
                return beforeTorn(groups, i);
            }
        }
        return end;
    }

    private boolean isWhole(Optional<String> group, Map<String, Integer> counts) {
        int now = group.map(id -> counts.getOrDefault(id, 0)).orElse(0);
        int before = group.map(id -> seen.getOrDefault(id, 0)).orElse(0);
        return group.isEmpty() || now >= MAX_PICTURES || now == before;
    }

    /** One message of all pictures; it has the first one's place and everybody's words. */
    static InboundMessage join(List<InboundMessage> parts) {
        InboundMessage first = parts.getFirst();
        if (parts.size() == 1) {
            return first;
        }
        List<Attachment> files = new ArrayList<>();
        parts.forEach(part -> files.addAll(part.attachments()));
        String text =
                parts.stream()
                        .map(InboundMessage::text)
                        .filter(words -> !words.isEmpty())
                        .distinct()
                        .collect(Collectors.joining("\n"));
        return new InboundMessage(
                first.id(),
                first.conversation(),
                first.sender(),
                first.at(),
                first.messageId(),
                text,
                parts.stream().anyMatch(InboundMessage::mentioned),
                first.nativeCommand(),
                parts.stream()
                        .flatMap(part -> part.quote().stream())
                        .filter(quote -> !quote.body().isEmpty())
                        .findFirst()
                        .or(first::quote),
                files);
    }
}
