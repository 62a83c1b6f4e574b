package dev.chela.channels.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlbumsTest {

    private final Albums albums = new Albums();

    @Test
    void whatIsInNoAlbumIsTakenAtOnce() {
        assertThat(albums.settled(batch("", "", ""))).isEqualTo(3);
        assertThat(albums.settled(List.of())).isZero();
    }

    @Test
    void aBatchIsTakenUpToTheAlbumThatMayGoOn() {
        assertThat(albums.settled(batch("", "a", ""))).isEqualTo(1);
    }

    @Test
    void anAlbumThatDidNotGrowIsWhole() {
        albums.settled(batch("a", "a"));
        assertThat(albums.settled(batch("a", "a", "a"))).isZero();
        assertThat(albums.settled(batch("a", "a", "a", ""))).isEqualTo(4);
    }

    @Test
    void anAlbumIsNeverTorn() {
        albums.settled(batch("", "a", "a"));
        assertThat(albums.settled(batch("a", "b", "a"))).isZero();
        assertThat(albums.settled(batch("a", "b", "a"))).isEqualTo(3);
    }

    @Test
    void tenPicturesAreNotWaitedFor() {
        List<Optional<String>> ten = new ArrayList<>(batch("a", "a", "a", "a", "a"));
        ten.addAll(ten);

        assertThat(albums.settled(ten)).isEqualTo(10);
    }

    private static List<Optional<String>> batch(String... groups) {
        return List.of(groups).stream()
                .map(group -> Optional.of(group).filter(id -> !id.isEmpty()))
                .toList();
    }
}
