package dev.chela.harness.computeruse;

import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.Place;
import dev.chela.harness.appserver.RpcFailedException;
import dev.chela.harness.appserver.RpcRefusal;
import dev.chela.harness.appserver.protocol.PluginList;
import dev.chela.harness.appserver.protocol.PluginRead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Looks for the plugin: in the marketplace that is named by its path, else in those that Codex
 * knows. Those of a workspace do not count: an agent writes there, and what is installed runs
 * outside its sandbox.
 */
final class Marketplaces {

    /** Where a marketplace's folder has its file. */
    static final String FILE = ".agents/plugins/marketplace.json";

    private static final String SUFFIX = ".json";
    private static final String HOME = "~/";
    private static final Pattern ABSOLUTE = Pattern.compile("(?:/|[A-Za-z]:[\\\\/]).*");

    private final AppServer server;
    private final Wish wish;
    private final Optional<String> bundled;

    /**
     * @param bundled the file of the marketplace that comes with the desktop app of this machine
     */
    Marketplaces(AppServer server, Wish wish, Optional<String> bundled) {
        this.server = server;
        this.wish = wish;
        this.bundled = bundled;
    }

    Search look() {
        if (wish.path().isEmpty()) {
            return known();
        }
        String file = file(wish.path().get());
        return ABSOLUTE.matcher(file).matches()
                ? named(file)
                : new Search.Refused("that is no absolute path");
    }

    /** The file of a marketplace that may be named by its folder. */
    private String file(String typed) {
        String path =
                typed.startsWith(HOME) && server.place() == Place.OWN
                        ? System.getProperty("user.home") + typed.substring(1)
                        : typed;
        if (path.endsWith(SUFFIX)) {
            return path;
        }
        return path.endsWith("/") ? path + FILE : path + "/" + FILE;
    }

    private Search named(String file) {
        try {
            Found found = read(file);
            return wish.marketplace().filter(name -> !name.equals(found.marketplace())).isPresent()
                    ? new Search.Refused("it is called " + found.marketplace())
                    : new Search.Hit(found);
        } catch (RpcFailedException e) {
            if (e.refusal() == RpcRefusal.UNKNOWN_METHOD) {
                throw e;
            }
            return new Search.Refused(e.getMessage());
        }
    }

    private Found read(String file) {
        PluginRead.Detail detail =
                server.request(new PluginRead(wish.plugin(), file, null)).plugin();
        return new Found(detail.marketplaceName(), Optional.of(file), detail.summary());
    }

    private Search known() {
        PluginList.Result listed = server.request(new PluginList(List.of()));
        List<Found> all = new ArrayList<>();
        for (PluginList.Marketplace one : listed.marketplaces()) {
            one.plugins().stream()
                    .filter(plugin -> plugin.name().equals(wish.plugin()))
                    .forEach(plugin -> all.add(Found.of(one, plugin)));
        }
        if (all.stream().noneMatch(one -> one.marketplace().equals(Search.PREFERRED.getFirst()))) {
            fromTheApp().ifPresent(all::add);
        }
        return Search.among(
                all.stream()
                        .filter(
                                one ->
                                        wish.marketplace()
                                                .map(one.marketplace()::equals)
                                                .orElse(true))
                        .toList(),
                listed.marketplaceLoadErrors().size());
    }

    private Optional<Found> fromTheApp() {
        if (bundled.isEmpty() || server.place() != Place.OWN) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(bundled.get()));
        } catch (RpcFailedException e) {
            return Optional.empty();
        }
    }
}
