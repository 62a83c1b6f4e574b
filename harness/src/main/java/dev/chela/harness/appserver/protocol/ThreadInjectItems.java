package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chela.harness.ThreadId;
import java.util.List;

/**
 * Writes model history without a turn; from then on the thread can be resumed.
 *
 * @param items in the form of the model's API
 */
public record ThreadInjectItems(ThreadId threadId, List<JsonNode> items)
        implements ClientRequest<Empty> {

    public ThreadInjectItems {
        items = Copies.of(items);
    }

    @Override
    public String method() {
        return "thread/inject_items";
    }

    @Override
    public Class<Empty> result() {
        return Empty.class;
    }
}
