package dev.chela.channels.web;

import dev.chela.channels.http.Call;
import dev.chela.channels.http.HttpException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** The page itself: its markup, scripts, styles and icon, from the program. */
final class PageFiles {

    private static final Map<String, String> TYPES =
            Map.of(
                    "chat.html", "text/html; charset=utf-8",
                    "chat.css", "text/css; charset=utf-8",
                    "message.css", "text/css; charset=utf-8",
                    "chat.js", "text/javascript; charset=utf-8",
                    "view.js", "text/javascript; charset=utf-8",
                    "markdown.js", "text/javascript; charset=utf-8",
                    "link.js", "text/javascript; charset=utf-8",
                    "composer.js", "text/javascript; charset=utf-8",
                    "theme.js", "text/javascript; charset=utf-8",
                    "icon.svg", "image/svg+xml");

    private final Map<String, byte[]> contents = new HashMap<>();

    PageFiles() {
        TYPES.keySet().forEach(name -> contents.put(name, read(name)));
    }

    void page(Call call) throws IOException {
        send(call, "chat.html");
    }

    /** Serves {@code …/<name>}. */
    void asset(Call call) throws IOException {
        send(call, call.path().substring(call.path().lastIndexOf('/') + 1));
    }

    private void send(Call call, String name) throws IOException {
        call.expect("GET");
        byte[] content = contents.get(name);
        String type = TYPES.get(name);
        if (content == null || type == null) {
            throw new HttpException(404, "there is no such file");
        }
        call.send(200, type, content);
    }

    private static byte[] read(String name) {
        try (InputStream in = PageFiles.class.getResourceAsStream("page/" + name)) {
            if (in == null) {
                throw new IllegalStateException("page file " + name + " is not in the program");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot read page file " + name, e);
        }
    }
}
