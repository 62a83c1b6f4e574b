package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/** Lists skills by working directory. */
public record SkillsList(
        List<String> cwds, @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean forceReload)
        implements ClientRequest<SkillsList.Result> {

    public SkillsList {
        cwds = Copies.of(cwds);
    }

    /** One entry for each directory asked about. */
    public record Result(List<Entry> data) {

        public Result {
            data = Copies.of(data);
        }
    }

    /** What a directory sees. */
    public record Entry(String cwd, List<Skill> skills) {

        public Entry {
            skills = Copies.of(skills);
        }
    }

    /** One skill. */
    public record Skill(
            String name, String description, String path, String scope, boolean enabled) {}

    @Override
    public String method() {
        return "skills/list";
    }

    @Override
    public Class<Result> result() {
        return Result.class;
    }
}
