package dev.chela.harness.appserver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ServerRequest;

/** Where a connection's reader hands messages over; must return at once and never throw. */
interface RpcInbound {

    /**
     * @param params as they came
     * @param chars how long the whole message was
     */
    void notified(ServerNotification notification, JsonNode params, int chars);

    void requested(ServerRequest request, Reply reply);

    void closed(AppServerException cause);
}
