/**
 * A user's own cases: what is given, what is expected. Test files arrive, {@link dev.freshet.sidecar.cases.Verdict}s and
 * reports of them leave. No database, no cache; run by the calling thread.
 */
@NullMarked
package dev.freshet.sidecar.cases;

import org.jspecify.annotations.NullMarked;
