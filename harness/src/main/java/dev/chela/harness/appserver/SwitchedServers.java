package dev.chela.harness.appserver;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** App-servers that are had only while the configuration lets Codex run (harness §2). */
public final class SwitchedServers implements AppServers {

    private final AppServers servers;
    private final Supplier<Optional<String>> off;

    /**
     * A switch before {@code servers}.
     *
     * @param off which key keeps Codex from running now; empty lets it run
     */
    public SwitchedServers(AppServers servers, Supplier<Optional<String>> off) {
        this.servers = servers;
        this.off = off;
    }

    @Override
    public AppServer attach(String agentId) {
        Optional<String> why = off.get();
        if (why.isPresent()) {
            throw new SwitchedOffException(why.get());
        }
        return servers.attach(agentId);
    }

    @Override
    public List<AppServerHealth> health() {
        return servers.health();
    }

    @Override
    public void close() {
        servers.close();
    }
}
