package dev.chela.channels.web;

/** A file kept for a page; its bytes lie in the media directory under the id. */
record StoredFile(String id, String name, String mediaType, long bytes) {}
