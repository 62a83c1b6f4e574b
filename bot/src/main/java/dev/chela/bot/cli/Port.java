package dev.chela.bot.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A TCP port as written on the command line; 0 takes a free one. */
record Port(int number) {

    private static final int MAX = 65_535;

    /** Refuses with what would be right. */
    static final class Converter implements ITypeConverter<Port> {

        @Override
        public Port convert(String written) {
            if (!written.matches("\\d{1,5}") || Integer.parseInt(written) > MAX) {
                throw new TypeConversionException(
                        "\"%s\" is no port, expected 0 (a free one) to %d".formatted(written, MAX));
            }
            return new Port(Integer.parseInt(written));
        }
    }
}
