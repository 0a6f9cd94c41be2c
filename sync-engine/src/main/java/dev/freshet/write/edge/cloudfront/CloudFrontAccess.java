package dev.freshet.write.edge.cloudfront;

import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.edge.EdgeOption;
import dev.freshet.write.edge.http.EdgeText;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.CloudFrontClientBuilder;

/** How CloudFront is reached, and by whom, as an edge says. */
final class CloudFrontAccess {
    /** Where CloudFront is, whose API has one place; at an address of its own the SDK would sign for the place named {@code aws-global}. */
    private static final Region HOME = Region.US_EAST_1;

    private CloudFrontAccess() {}

    /** Those of the edge, or else whatever the SDK finds where it looks for them: nothing is looked for before they are asked for. */
    static AwsCredentialsProvider credentials(Edge edge) {
        EdgeOption.Members options = edge.options();
        Optional<String> key = options.text("access_key");
        if (key.isEmpty()) {
            return DefaultCredentialsProvider.builder().build();
        }
        String secret = options.required("secret_key");
        AwsCredentials credentials = options.text("session_token")
                .<AwsCredentials>map(token -> AwsSessionCredentials.create(key.get(), secret, token))
                .orElseGet(() -> AwsBasicCredentials.create(key.get(), secret));
        return StaticCredentialsProvider.create(credentials);
    }

    /** With its port, where it is said. */
    static String host(Edge edge) {
        return api(edge).map(URI::getAuthority).orElse("cloudfront.amazonaws.com");
    }

    private static Optional<URI> api(Edge edge) {
        return edge.options().text("api").map(api -> URI.create(EdgeText.address("api", api)));
    }

    /** What no reason may show. */
    static List<String> secrets(AwsCredentials credentials) {
        return credentials instanceof AwsSessionCredentials session
                ? List.of(session.secretAccessKey(), session.sessionToken())
                : List.of(credentials.secretAccessKey());
    }

    /** One that calls once: whoever calls knows what to do next. */
    static CloudFrontClient client(Edge edge, AwsCredentialsProvider credentials) {
        CloudFrontClientBuilder builder = CloudFrontClient.builder()
                .region(HOME)
                .credentialsProvider(credentials)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(edge.timeout())
                        .socketTimeout(edge.timeout()))
                .overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()));
        api(edge).ifPresent(builder::endpointOverride);
        return builder.build();
    }
}
