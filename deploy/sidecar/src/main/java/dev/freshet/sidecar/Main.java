package dev.freshet.sidecar;

/** The command line's entry. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        var version = Main.class.getPackage().getImplementationVersion();
        System.out.println("freshet " + (version == null ? "(built from source)" : version));
    }
}
