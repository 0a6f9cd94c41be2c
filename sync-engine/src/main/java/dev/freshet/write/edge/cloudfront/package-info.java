/**
 * Invalidations at CloudFront, by the AWS SDK. A {@link dev.freshet.write.edge.PurgeCall} becomes one CreateInvalidation, whose caller
 * reference is the call's id: a call that is made again is the same invalidation. Nothing of the SDK is loaded before an edge wants it.
 *
 * <p>The threads of the edge's lane make the calls; the SDK's own threads only end those that take too long.
 */
@NullMarked
package dev.freshet.write.edge.cloudfront;

import org.jspecify.annotations.NullMarked;
