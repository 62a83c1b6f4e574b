package dev.chela.bot;

import dev.chela.bot.web.TurnTally;
import dev.chela.bot.web.Vitals;
import dev.chela.channels.Channels;
import dev.chela.config.state.Database;
import dev.chela.harness.appserver.AppServerHealth;
import java.util.List;
import java.util.Map;

/** The vitals of a bot that runs. */
record LivingVitals(Chela chela) implements Vitals {

    @Override
    public Map<String, Long> inbox() {
        return chela.channels().inbox().tally();
    }

    @Override
    public Map<String, Long> outbox() {
        return chela.channels().delivery().tally();
    }

    @Override
    public Map<String, TurnTally.Count> turns() {
        return chela.turns().ended();
    }

    @Override
    public int running() {
        return chela.agents().sessions().working();
    }

    @Override
    public List<AppServerHealth> appServers() {
        return chela.agents().servers().health();
    }

    @Override
    public List<Channels.Status> channels() {
        return chela.channels().channels().status();
    }

    @Override
    public Database.Waiters database() {
        return chela.ground().database().waiters();
    }
}
