package dev.chela.bot.web;

import dev.chela.channels.Channels;
import dev.chela.config.state.Database;
import dev.chela.harness.appserver.AppServerHealth;
import java.util.List;
import java.util.Map;

/** What is measured of a bot; asked anew for every scrape, may block on the database. */
public interface Vitals {

    /** Inbox rows by outcome. */
    Map<String, Long> inbox();

    /** Parts of outgoing messages by state. */
    Map<String, Long> outbox();

    /** Turns ended since the process began, by outcome. */
    Map<String, TurnTally.Count> turns();

    /** Turns that run or wait for their end. */
    int running();

    List<AppServerHealth> appServers();

    List<Channels.Status> channels();

    Database.Waiters database();
}
