package dev.chela.channels.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The page a browser sees when it is not let in; says what to do. */
final class Door {

    static final String STYLE_PATH = "/door.css";

    /** Where the page sends the token or password that somebody typed. */
    static final String SIGN_IN_PATH = "/sign-in";

    private static final String FORM =
            "<form method=\"post\" action=\"%s\"><label>Token or password".formatted(SIGN_IN_PATH)
                    + " <input name=\"token\" type=\"password\" required"
                    + " autocomplete=\"current-password\"></label>"
                    + "<button>Sign in</button></form>";

    private final String page = read("door.html");
    private final byte[] style = read("door.css").getBytes(StandardCharsets.UTF_8);

    void refuse(Call call, HttpException reason) throws IOException {
        String html =
                page.replace("{{title}}", reason.status() == 401 ? "Locked" : "Not available")
                        .replace("{{reason}}", escape(sentence(reason.reason())))
                        .replace("{{next}}", nextStep(reason.status()))
                        .replace("{{form}}", reason.status() == 401 ? FORM : "");
        // From a page that sends no referrer a browser posts "Origin: null", which the gate
        // refuses.
        call.setHeader("Referrer-Policy", "same-origin");
        call.send(
                reason.status(), "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
    }

    void style(Call call) throws IOException {
        call.expect("GET");
        call.send(200, "text/css; charset=utf-8", style);
    }

    private static String nextStep(int status) {
        return switch (status) {
            case 401 ->
                    "Open the address that Chela printed when it started; it carries the token."
                            + " If you just did, <a href=\"/\">try again</a>.";
            case 429 -> "A page that is signed in already keeps working.";
            default -> "<a href=\"/\">Go to the chat</a>.";
        };
    }

    private static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    private static String read(String name) {
        try (InputStream in = Door.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(
                        "resource " + name + " is missing from the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource " + name, e);
        }
    }
}
