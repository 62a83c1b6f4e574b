package dev.chela.harness.appserver;

import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ServerRequest;

/** Where a connection's reader hands messages over; must return at once and never throw. */
interface RpcInbound {

    void notified(ServerNotification notification);

    void requested(ServerRequest request, Reply reply);

    void closed(AppServerException cause);
}
