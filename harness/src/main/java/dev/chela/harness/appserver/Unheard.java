package dev.chela.harness.appserver;

import dev.chela.harness.ThreadId;
import dev.chela.harness.appserver.protocol.RpcId;
import dev.chela.harness.appserver.protocol.ServerRequest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What people were asked in threads that nobody listens to here. Another client's turn asks it, and
 * who asked is there to answer; whoever listens next is shown what is still open.
 */
final class Unheard {

    /** Of more than that the oldest are forgotten; their own client has them. */
    static final int REQUESTS_MAX = 100;

    /** A request with the way to answer it. */
    record Request(ServerRequest request, Reply reply) {}

    private final List<Request> open = new ArrayList<>();

    /** The same question under a new id takes the place of the old one. */
    void add(ServerRequest request, Reply reply) {
        open.removeIf(one -> one.request().equals(request));
        if (open.size() >= REQUESTS_MAX) {
            open.removeFirst();
        }
        open.add(new Request(request, reply));
    }

    /** Whoever asked it has its answer. */
    void resolved(RpcId id) {
        open.removeIf(one -> one.reply().id().filter(id::equals).isPresent());
    }

    /** No turn runs in the thread, so none asks anything. */
    void idle(ThreadId thread) {
        open.removeIf(one -> isOf(thread, one));
    }

    /** Hands over what is open in the thread, in order. */
    List<Request> take(ThreadId thread) {
        List<Request> taken = new ArrayList<>();
        for (Iterator<Request> all = open.iterator(); all.hasNext(); ) {
            Request one = all.next();
            if (isOf(thread, one)) {
                taken.add(one);
                all.remove();
            }
        }
        return taken;
    }

    private static boolean isOf(ThreadId thread, Request one) {
        return one.request().about().filter(thread::equals).isPresent();
    }
}
