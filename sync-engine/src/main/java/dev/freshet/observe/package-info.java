/**
 * What is told to people and machines. The pipeline speaks to one {@link dev.freshet.observe.PipelineListener}; metrics,
 * health and the log are listeners.
 */
@NullMarked
package dev.freshet.observe;

import org.jspecify.annotations.NullMarked;
