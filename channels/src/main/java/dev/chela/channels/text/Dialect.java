package dev.chela.channels.text;

/** What distinguishes one platform's markers from another's. */
interface Dialect {

    String bold();

    String italic();

    String strike();

    /** What a code block opens with, line break included. */
    String fence(String language);

    String linkOpen(String address);

    String linkClose(String address);

    /** An address that is its own text. */
    String bareLink(String address);

    /** Code inside a line. */
    String code(String literal);

    /** The content of a code block. */
    String pre(String literal);

    /**
     * Foreign text, with nothing left that the platform would act on.
     *
     * @param lineStart whether it begins a line
     */
    String escape(String text, boolean lineStart);
}
