package dev.chela.config.load;

import java.nio.file.Path;

/**
 * Where written paths begin: {@code ~} is the home, relative ones start at the config's directory.
 */
record PathBase(Path home, Path directory) {

    Path resolve(String text) {
        if (text.equals("~")) {
            return home;
        }
        if (text.startsWith("~/")) {
            return home.resolve(text.substring(2)).normalize();
        }
        return directory.resolve(text).normalize();
    }
}
