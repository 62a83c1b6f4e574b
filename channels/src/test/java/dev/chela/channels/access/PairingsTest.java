package dev.chela.channels.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.channels.ChannelsSchema;
import dev.chela.channels.Sender;
import dev.chela.config.testing.ManualClock;
import dev.chela.config.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PairingsTest {

    private final TestDatabase database = TestDatabase.open(List.of(ChannelsSchema.PART));
    private final ManualClock clock = new ManualClock();
    private final List<String> told = new ArrayList<>();
    private Pairings pairings = open();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aCodeIsHandedOutOnceARequestAndLooksLikeNothingElse() {
        Optional<String> first = request("1");
        assertThat(first).hasValueSatisfying(code -> assertThat(code).matches("[A-HJ-NP-Z2-9]{8}"));
        assertThat(request("1")).isEmpty();
    }

    @Test
    void onlyThreeWaitForEachAccount() {
        assertThat(request("1")).isPresent();
        assertThat(request("2")).isPresent();
        assertThat(request("3")).isPresent();
        assertThat(request("4")).isEmpty();
        clock.advance(Duration.ofMinutes(61));
        assertThat(request("4")).isPresent();
        assertThat(pairings.pending()).extracting(PairingRequest::person).containsExactly("4");
    }

    @Test
    void anApprovalLetsInAndSurvivesARestart() {
        String code = request("1").orElseThrow();

        assertThat(pairings.approve("telegram", " " + code.toLowerCase(java.util.Locale.ROOT)))
                .map(Approval::person)
                .hasValue("1");
        assertThat(pairings.approved("telegram", "default")).containsExactly("1");
        assertThat(pairings.pending()).isEmpty();

        database.reopen();
        pairings = open();
        assertThat(pairings.approved("telegram", "default")).containsExactly("1");
        assertThat(pairings.approved("telegram", "other")).isEmpty();
    }

    @Test
    void onlyTheFirstApprovalIsReportedAsTheFirst() {
        pairings.approve("telegram", request("1").orElseThrow());
        pairings.approve("telegram", request("2").orElseThrow());

        assertThat(told).containsExactly("1 first=true", "2 first=false");
    }

    @Test
    void anExpiredOrForeignCodeLetsNobodyIn() {
        String code = request("1").orElseThrow();

        assertThat(pairings.approve("discord", code)).isEmpty();
        clock.advance(Duration.ofHours(1));
        assertThat(pairings.approve("telegram", code)).isEmpty();
        assertThat(pairings.approved("telegram", "default")).isEmpty();
    }

    private Pairings open() {
        return new Pairings(
                database,
                clock,
                new Random(1),
                (approval, first) -> told.add(approval.person() + " first=" + first));
    }

    private Optional<String> request(String person) {
        Sender sender = new Sender(person, "Name", Optional.empty(), false);
        return database.writeNow(
                "test.request", db -> pairings.request(db, "telegram", "default", sender));
    }
}
