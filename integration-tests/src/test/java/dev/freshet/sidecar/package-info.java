/** The commands as a user meets them: processes of their own beside real servers, judged by what they print and return. */
@NullMarked
package dev.freshet.sidecar;

import org.jspecify.annotations.NullMarked;
