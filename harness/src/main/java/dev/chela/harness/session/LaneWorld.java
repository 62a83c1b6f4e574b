package dev.chela.harness.session;

import dev.chela.config.Live;
import dev.chela.config.QueueConfig;
import dev.chela.harness.AgentHarness;
import dev.chela.harness.Timers;
import dev.chela.harness.TurnDesk;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What all lanes share.
 *
 * @param executor threads for mailboxes and errands; virtual ones outside tests
 * @param retired told when a lane has nothing left and takes no more
 */
record LaneWorld(
        LaneStore store,
        Transcripts transcripts,
        Counters counters,
        AgentHarness harness,
        TurnDesk desk,
        TurnRuns runs,
        TurnSlots slots,
        LastHeard heard,
        Timers timers,
        Live<QueueConfig> queue,
        Live<ResetPolicy> resets,
        Executor executor,
        Consumer<SessionLane> retired) {}
