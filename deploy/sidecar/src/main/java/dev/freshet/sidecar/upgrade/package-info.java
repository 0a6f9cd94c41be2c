/**
 * What changes when one rule file takes the place of another: two rule sets arrive, an {@link dev.freshet.sidecar.upgrade.Upgrade}
 * leaves. Pure, safe on any thread.
 */
@NullMarked
package dev.freshet.sidecar.upgrade;

import org.jspecify.annotations.NullMarked;
