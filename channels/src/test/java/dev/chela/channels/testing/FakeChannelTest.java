package dev.chela.channels.testing;

import dev.chela.channels.Channel;
import dev.chela.channels.Conversation;
import java.util.List;

/** The fake is held to the same contract as the adapters it stands in for. */
class FakeChannelTest extends ChannelContract {

    @Override
    protected Stage stage() {
        FakeChannel fake = FakeChannel.named("fake");
        Conversation place = fake.direct("ann");
        return new Stage() {
            @Override
            public Channel channel() {
                return fake;
            }

            @Override
            public Conversation place() {
                return place;
            }

            @Override
            public void says(String eventId, String text) {
                fake.deliver(fake.message(eventId, place, "ann", text, false));
            }

            @Override
            public void echoes(String eventId, String text) {
                // The fake never hears itself, as no adapter may.
            }

            @Override
            public List<String> visible() {
                return fake.texts(place);
            }

            @Override
            public void close() {}
        };
    }
}
