package dev.freshet.sidecar.command;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the version of the jar that it was started from. */
public final class ProductVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = ProductVersion.class.getPackage().getImplementationVersion();
        return new String[] {"freshet " + (version == null ? "(not packaged)" : version)};
    }
}
