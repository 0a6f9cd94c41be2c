package dev.freshet.write.edge.cloudfront;

import dev.freshet.rules.edge.Edge;
import dev.freshet.write.edge.EdgePurger;
import dev.freshet.write.edge.PurgeCall;
import dev.freshet.write.edge.PurgeReply;
import dev.freshet.write.edge.http.Discretion;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.model.AccessDeniedException;
import software.amazon.awssdk.services.cloudfront.model.Invalidation;
import software.amazon.awssdk.services.cloudfront.model.NoSuchInvalidationException;

/**
 * Invalidates at one CloudFront distribution.
 *
 * <p>CloudFront bounds what is in progress: before a call that would go beyond that it is asked whether enough of the earlier ones is
 * done. For one thread at a time, as {@link dev.freshet.rules.edge.EdgeType#callsUnderWay} says.
 */
public final class CloudFrontPurger implements EdgePurger {
    private static final String COMPLETED = "Completed";

    private final String distribution;
    private final Duration timeout;
    private final AwsCredentialsProvider credentials;
    private final CloudFrontClient client;
    private final FailedCall failedCall;
    private final InProgress inProgress = new InProgress();

    /** @param clock by which it is read until when CloudFront wants to be left alone */
    public CloudFrontPurger(Edge edge, InstantSource clock) {
        this.distribution = edge.options().required("distribution");
        this.timeout = edge.timeout();
        this.credentials = CloudFrontAccess.credentials(edge);
        this.client = CloudFrontAccess.client(edge, credentials);
        this.failedCall = new FailedCall(CloudFrontAccess.host(edge), clock);
    }

    @Override
    public PurgeReply purge(PurgeCall call) throws InterruptedException {
        List<String> items = InvalidationItems.of(call);
        Load load = Load.of(items);
        if (!load.isWithin(Load.MOST)) {
            return new PurgeReply.TooLarge("more than may be in progress at once");
        }
        AwsCredentials found;
        try {
            found = credentials.resolveCredentials();
        } catch (SdkException e) {
            return failedCall.withoutCredentials(e);
        }
        return Discretion.about(CloudFrontAccess.secrets(found), tried(call.id(), items, load));
    }

    private PurgeReply tried(String reference, List<String> items, Load load) throws InterruptedException {
        try {
            return invalidate(reference, items, load);
        } catch (RuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("while CloudFront was called");
            }
            if (e instanceof SdkException failure) {
                return failedCall.reply(failure);
            }
            throw e;
        }
    }

    private PurgeReply invalidate(String reference, List<String> items, Load load) {
        long end = System.nanoTime() + timeout.toNanos();
        if (!makeRoom(load, end)) {
            return new PurgeReply.Limited(FailedCall.WHILE_IN_PROGRESS, "as many as may be are in progress");
        }
        @Nullable
        Invalidation begun = client.createInvalidation(request -> request.distributionId(distribution)
                        .invalidationBatch(batch -> batch.callerReference(reference)
                                .paths(paths -> paths.quantity(items.size()).items(items)))
                        .overrideConfiguration(settings -> settings.apiCallTimeout(until(end))))
                .invalidation();
        if (begun == null || begun.id() == null) {
            return failedCall.unreadable();
        }
        if (!COMPLETED.equals(begun.status())) {
            inProgress.begin(begun.id(), load);
        }
        return new PurgeReply.Accepted();
    }

    private boolean makeRoom(Load load, long end) {
        Optional<String> last = inProgress.lastInTheWayOf(load);
        if (last.isPresent() && isDone(last.get(), end)) {
            inProgress.doneUpTo(last.get());
        }
        return inProgress.hasRoomFor(load);
    }

    /** As far as it may be known: who may not ask is told by CloudFront when there is too much. */
    private boolean isDone(String id, long end) {
        try {
            @Nullable
            Invalidation asked = client.getInvalidation(request -> request.distributionId(distribution)
                            .id(id)
                            .overrideConfiguration(settings -> settings.apiCallTimeout(until(end))))
                    .invalidation();
            return asked != null && COMPLETED.equals(asked.status());
        } catch (AccessDeniedException | NoSuchInvalidationException e) {
            return true;
        }
    }

    private static Duration until(long end) {
        return Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
    }

    @Override
    public void close() {
        client.close();
    }
}
