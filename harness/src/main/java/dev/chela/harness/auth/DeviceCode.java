package dev.chela.harness.auth;

/**
 * What a person types where to sign in.
 *
 * @param url opened on any device
 * @param code typed there
 */
public record DeviceCode(String url, String code) {}
