package dev.chela.channels;

import dev.chela.config.state.SchemaPart;
import java.util.List;

/** The migrations of this module; each script lies beside the package that owns its tables. */
public final class ChannelsSchema {

    /** To be opened with the database. */
    public static final SchemaPart PART =
            new SchemaPart(
                    "channels",
                    List.of(
                            "/dev/chela/channels/access/V1__pairing.sql",
                            "/dev/chela/channels/inbox/V2__inbox.sql",
                            "/dev/chela/channels/delivery/V3__outbox.sql",
                            "/dev/chela/channels/web/V40__web.sql"));

    private ChannelsSchema() {}
}
