package dev.chela.channels.telegram;

import okhttp3.Call;
import okhttp3.EventListener;

/** Remembers whether a call came so far that the other side may have read it. */
final class SendStage extends EventListener {

    private volatile boolean begun;

    @Override
    public void requestHeadersStart(Call call) {
        begun = true;
    }

    boolean begun() {
        return begun;
    }
}
