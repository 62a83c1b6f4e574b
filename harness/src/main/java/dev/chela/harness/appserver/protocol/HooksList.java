package dev.chela.harness.appserver.protocol;

import java.util.List;

/** Lists hooks by working directory; the oldest servers do not know it. */
public record HooksList(List<String> cwds) implements ClientRequest<HooksList.Result> {

    public HooksList {
        cwds = Copies.of(cwds);
    }

    /** One entry for each directory asked about. */
    public record Result(List<Entry> data) {

        public Result {
            data = Copies.of(data);
        }
    }

    /** What a directory sees; its hooks are not looked at. */
    public record Entry(String cwd) {}

    @Override
    public String method() {
        return "hooks/list";
    }

    @Override
    public Class<Result> result() {
        return Result.class;
    }
}
