package dev.chela.harness.appserver.protocol;

/** Signs the server out. */
public record Logout() implements ClientRequest<Empty> {

    @Override
    public String method() {
        return "account/logout";
    }

    @Override
    public Class<Empty> result() {
        return Empty.class;
    }

    @Override
    public boolean hasParams() {
        return false;
    }
}
