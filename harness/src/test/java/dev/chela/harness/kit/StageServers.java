package dev.chela.harness.kit;

import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.AppServerHealth;
import dev.chela.harness.appserver.AppServers;
import java.util.List;

/** Gives every agent the one app-server of a stage. */
public record StageServers(Stage stage) implements AppServers {

    @Override
    public AppServer attach(String agentId) {
        return stage.server();
    }

    @Override
    public List<AppServerHealth> health() {
        return List.of();
    }

    @Override
    public void close() {
        stage.close();
    }
}
