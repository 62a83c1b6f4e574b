package dev.chela.harness.appserver.managed;

import java.util.Locale;

/** An operating system and processor, named as npm packages are: {@code linux-x64}. */
record Platform(String name) {

    /** The platform this JVM runs on. */
    static Platform current() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static Platform of(String system, String processor) {
        String os = system.toLowerCase(Locale.ROOT);
        String kind =
                os.startsWith("mac") || os.startsWith("darwin")
                        ? "darwin"
                        : os.startsWith("windows") ? "win32" : os;
        String cpu =
                switch (processor.toLowerCase(Locale.ROOT)) {
                    case "amd64", "x86_64", "x64" -> "x64";
                    case "aarch64", "arm64" -> "arm64";
                    case String other -> other;
                };
        return new Platform(kind + "-" + cpu);
    }
}
