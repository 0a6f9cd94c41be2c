# Varnish as an edge of Freshet: all that an edge of the type varnish asks for, under the names that it uses by default.
#
#   PURGE /       xkey-purge: a b        the objects that carry the tag a or b; their number comes back as xkey-purged
#   PURGE /       xkey-softpurge: a b    the same; each is still served while the new one is fetched
#   PURGE /path   Host: shop.example     the objects of this URL, all variants of them
#   BAN /         ban-host: shop.example and ban-url: ^/shoes/    those of a host, of URLs that match a pattern, or both
#
# Needs Varnish 7.0 or newer and the module xkey (Debian: varnish and varnish-modules). Each Varnish has to be told: all of them stand
# under the edge's `nodes`.
vcl 4.1;

import std;
import xkey;

backend default {
    .host = "127.0.0.1";
    .port = "8080";
}

# The machines on which Freshet runs. A proxy beside Varnish makes everybody's requests come from 127.0.0.1: it must not pass PURGE and BAN
# on, or has to speak the PROXY protocol with Varnish.
acl purgers {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    # Whatever else makes two URLs one (sorting or dropping parameters) belongs here as well: before purges, so that it is done to both.
    if (req.http.host) {
        set req.http.host = regsub(std.tolower(req.http.host), ":[0-9]+$", "");
    }

    unset req.http.xkey-purged;
    if (req.method == "PURGE" || req.method == "BAN") {
        if (client.ip !~ purgers) {
            return (synth(403, "Not a purger"));
        }
    }
    if (req.method == "PURGE") {
        if (req.http.xkey-purge) {
            set req.http.xkey-purged = xkey.purge(req.http.xkey-purge);
            return (synth(200, "Purged"));
        }
        if (req.http.xkey-softpurge) {
            set req.http.xkey-purged = xkey.softpurge(req.http.xkey-softpurge);
            return (synth(200, "Purged softly"));
        }
        return (purge);
    }
    if (req.method == "BAN") {
        call ban_objects;
    }
}

# Bans look at objects alone, and not at requests: so the ban lurker can apply them in the background, and then forget them. A pattern holds
# no blank, or it is refused; \s is one.
sub ban_objects {
    if (req.http.ban-host) {
        set req.http.ban-host = regsub(std.tolower(req.http.ban-host), ":[0-9]+$", "");
    }
    if (req.http.ban-host && req.http.ban-url) {
        set req.http.ban = "obj.http.x-host == " + req.http.ban-host + " && obj.http.x-url ~ " + req.http.ban-url;
    } elseif (req.http.ban-host) {
        set req.http.ban = "obj.http.x-host == " + req.http.ban-host;
    } elseif (req.http.ban-url) {
        set req.http.ban = "obj.http.x-url ~ " + req.http.ban-url;
    } else {
        return (synth(400, "Neither ban-host nor ban-url"));
    }
    if (!std.ban(req.http.ban)) {
        return (synth(400, std.ban_error()));
    }
    return (synth(200, "Banned"));
}

sub vcl_backend_response {
    set beresp.http.x-host = bereq.http.host;
    set beresp.http.x-url = bereq.url;

    # How long an object that is too old or softly purged may be served: to whoever asks while the new one is fetched, and while the
    # backend does not answer. What the response itself says wins.
    if (beresp.http.Cache-Control !~ "stale-while-revalidate") {
        set beresp.grace = 5m;
    }
}

# What clients need not see.
sub vcl_deliver {
    unset resp.http.xkey;
    unset resp.http.x-host;
    unset resp.http.x-url;
}

sub vcl_synth {
    if (req.http.xkey-purged) {
        set resp.http.xkey-purged = req.http.xkey-purged;
        return (deliver);
    }
}
