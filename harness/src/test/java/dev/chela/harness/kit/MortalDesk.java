package dev.chela.harness.kit;

import dev.chela.harness.InputEnd;
import dev.chela.harness.Prompt;
import dev.chela.harness.Source;
import dev.chela.harness.TurnContext;
import dev.chela.harness.TurnDesk;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnOutcome;
import java.util.List;

/** The desk as one bot has it: dead bots are not heard. */
public record MortalDesk(TurnDesk desk, MortalDatabase life) implements TurnDesk {

    @Override
    public Prompt read(List<Long> tickets) {
        return desk.read(tickets);
    }

    @Override
    public String words(long ticket) {
        return desk.words(ticket);
    }

    @Override
    public void taken(Prompt prompt) {
        desk.taken(prompt);
    }

    @Override
    public void renewed(Source source, long ticket) {
        desk.renewed(source, ticket);
    }

    @Override
    public void progress(TurnContext turn, TurnEvent event) {
        desk.progress(turn, event);
    }

    @Override
    public void finished(TurnContext turn, TurnOutcome outcome) {
        life.whileAlive(() -> desk.finished(turn, outcome));
    }

    @Override
    public void ended(List<Long> tickets, InputEnd end) {
        life.whileAlive(() -> desk.ended(tickets, end));
    }
}
