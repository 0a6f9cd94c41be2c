package dev.freshet.rules.expression;

import dev.cel.common.CelSource;
import dev.cel.common.ast.CelExpr;

/** Where the parts of an expression stand in its text, in chars. */
record Offsets(String source, CelSource cel) {
    /** Where the expression begins, or where its operator stands; for a function, its name. */
    int of(CelExpr expr) {
        int offset = CelSyntax.offset(cel, source, expr.id());
        if (expr.getKind() != CelExpr.ExprKind.Kind.CALL || !source.startsWith("(", offset)) {
            return offset;
        }
        int start = source.substring(0, offset).stripTrailing().length()
                - expr.call().function().length();
        return source.startsWith(expr.call().function(), start) ? start : offset;
    }
}
