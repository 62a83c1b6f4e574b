package dev.chela.harness.appserver.managed;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Chooses a proxy as command-line tools do: {@code https_proxy}, {@code http_proxy}, {@code
 * no_proxy} in either case, then npm's settings, then the JVM's own choice.
 */
final class EnvironmentProxy extends ProxySelector {

    private final NpmSettings settings;

    EnvironmentProxy(NpmSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<Proxy> select(URI uri) {
        if (direct(String.valueOf(uri.getHost()))) {
            return List.of(Proxy.NO_PROXY);
        }
        boolean secure = "https".equals(uri.getScheme());
        Optional<InetSocketAddress> proxy =
                (secure ? named("https_proxy") : named("http_proxy"))
                        .or(() -> settings.setting(secure ? "https-proxy" : "proxy"))
                        .or(() -> settings.setting("proxy"))
                        .flatMap(EnvironmentProxy::address);
        if (proxy.isPresent()) {
            return List.of(new Proxy(Proxy.Type.HTTP, proxy.get()));
        }
        ProxySelector usual = ProxySelector.getDefault();
        return usual == null ? List.of(Proxy.NO_PROXY) : usual.select(uri);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // The download tells about it, with the address it wanted.
    }

    private boolean direct(String host) {
        String list = named("no_proxy").or(() -> settings.setting("noproxy")).orElse("");
        for (String entry : list.split("[,\\s]+")) {
            String suffix = entry.startsWith("*.") ? entry.substring(1) : entry;
            if (suffix.equals("*")
                    || !suffix.isEmpty()
                            && (host.equals(suffix)
                                    || host.endsWith(
                                            suffix.startsWith(".") ? suffix : "." + suffix))) {
                return true;
            }
        }
        return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
    }

    private Optional<String> named(String name) {
        return Optional.ofNullable(settings.environment().get(name))
                .or(
                        () ->
                                Optional.ofNullable(
                                        settings.environment().get(name.toUpperCase(Locale.ROOT))))
                .filter(value -> !value.isBlank());
    }

    private static Optional<InetSocketAddress> address(String text) {
        try {
            URI uri = URI.create(text.contains("://") ? text : "http://" + text);
            int port = uri.getPort() > 0 ? uri.getPort() : 80;
            return uri.getHost() == null
                    ? Optional.empty()
                    : Optional.of(InetSocketAddress.createUnresolved(uri.getHost(), port));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
