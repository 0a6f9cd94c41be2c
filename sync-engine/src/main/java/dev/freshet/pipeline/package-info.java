/**
 * The loop: take a batch of changes, plan, coalesce, write, acknowledge. It sees its sources, writers and stores as ports
 * only.
 *
 * <p>One thread, named {@code freshet-pipeline}, runs the loop and blocks on its ports; memory is bounded by the source's
 * batches and by back-pressure.
 */
@NullMarked
package dev.freshet.pipeline;

import org.jspecify.annotations.NullMarked;
