package dev.chela.channels;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A file on its way in or out.
 *
 * @param name file name for people; foreign text when inbound
 * @param mediaType MIME type, {@code application/octet-stream} when unknown
 * @param bytes size, or -1 when unknown
 * @param handle the platform's id to fetch it by; inbound only
 * @param file where it lies on this machine; always present outbound
 */
public record Attachment(
        String name, String mediaType, long bytes, Optional<String> handle, Optional<Path> file) {}
