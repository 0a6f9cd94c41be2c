package dev.freshet.rules.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSource;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import java.util.List;
import java.util.Optional;

/** Reads the syntax of CEL. Its macros stay plain calls, to which {@link Lowering} gives their meaning. */
final class CelSyntax {
    /** How deep an expression may nest. */
    static final int MAX_DEPTH = 128;

    private static final CelParser PARSER = CelParserFactory.standardCelParserBuilder()
            .setOptions(CelOptions.current()
                    .maxExpressionCodePointSize(Expressions.MAX_LENGTH)
                    .maxParseRecursionDepth(MAX_DEPTH)
                    .retainRepeatedUnaryOperators(true)
                    .enableOptionalSyntax(false)
                    .enableQuotedIdentifierSyntax(false)
                    .build())
            .build();

    private CelSyntax() {}

    static Compiled<CompiledExpression> parse(String source, View view) {
        CelValidationResult parsed = PARSER.parse(source);
        try {
            return new Lowering(source, view, parsed.getAst()).compile();
        } catch (CelValidationException e) {
            // what follows the first error mostly follows from it
            CelIssue first = e.getErrors().get(0);
            int offset = charOffset(
                    source,
                    parsed.getSource()
                            .getLocationOffset(first.getSourceLocation())
                            .orElse(0));
            return new Compiled.Refused<>(List.of(CelComplaint.reworded(source, offset, first.getMessage())));
        }
    }

    /** The tree of a text that was compiled before; empty where it cannot be. */
    static Optional<CelAbstractSyntaxTree> tree(String source) {
        try {
            return Optional.of(PARSER.parse(source).getAst());
        } catch (CelValidationException e) {
            return Optional.empty();
        }
    }

    /** Where a node of the tree begins, or where its operator stands. */
    static int offset(CelSource cel, String source, long id) {
        return charOffset(source, cel.getPositionsMap().getOrDefault(id, 0));
    }

    /** CEL counts code points. */
    private static int charOffset(String source, int codePoints) {
        int length = source.codePointCount(0, source.length());
        return source.offsetByCodePoints(0, Math.clamp(codePoints, 0, length));
    }
}
