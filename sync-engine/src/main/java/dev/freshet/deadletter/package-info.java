/**
 * Changes set aside for a person: what a rule could not plan or a target will never take.
 */
@NullMarked
package dev.freshet.deadletter;

import org.jspecify.annotations.NullMarked;
