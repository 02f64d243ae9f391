"""Speaking to an address on the internet that somebody filled in. The one rule: nothing inside our own network is ever
reached, whatever name leads there, and nobody can send us on to somewhere else.

The name is looked up once; what it leads to is judged and then connected to, so that a second answer cannot differ.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from contextlib import suppress
from urllib.parse import urlsplit

from django.conf import settings

SECONDS = 10  # for one step: connecting, sending, each piece of the answer
IN_ALL = 20  # after which whoever answers drop by drop is cut off


# Version 4 in the last 32 bits: translated (RFC 6052, RFC 7915), and as it was once written (RFC 4291).
CARRIED = tuple(ipaddress.ip_network(one) for one in ("64:ff9b::/96", "::ffff:0:0:0/96", "::/96"))

# Never on the internet, though Python takes them for it: site-local, translation within a network (RFC 8215), segment
# routing (RFC 9602).
INSIDE = tuple(ipaddress.ip_network(one) for one in ("fec0::/10", "64:ff9b:1::/48", "5f00::/16"))


class Unreachable(Exception):
    """`code`: "address" (not one we speak to), "name" (leads nowhere), "connection" or "time"."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def is_reachable(url):
    """Whether this is an address that we may speak to, as far as can be told without asking anybody."""
    if not url.isascii() or any(sign.isspace() for sign in url):
        return False
    try:
        parts, _port = urlsplit(url), urlsplit(url).port
    except ValueError:
        return False
    schemes = ("https", "http") if settings.WEBHOOKS_OWN_NETWORK else ("https",)
    if parts.scheme not in schemes or not parts.hostname or parts.username or parts.password:
        return False
    try:
        return _is_public(parts.hostname)
    except ValueError:  # a name, and no number
        return settings.WEBHOOKS_OWN_NETWORK or "." in parts.hostname.strip(".")


def post(url, body, headers):
    """Send `body` by POST; returns the status. Redirects are not followed. Raises `Unreachable`."""
    if not is_reachable(url):
        raise Unreachable("address")
    parts = urlsplit(url)
    connection = _Straight(parts, _address_of(parts))
    end = threading.Timer(IN_ALL, connection.cut)
    end.daemon = True
    end.start()
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", target, body, headers)
        return connection.getresponse().status
    except TimeoutError:
        raise Unreachable("time") from None
    except (OSError, http.client.HTTPException, ValueError):
        raise Unreachable("connection") from None
    finally:
        end.cancel()
        connection.close()


def _address_of(parts):
    """The first address that the name leads to, when all of them are public."""
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable("name") from None
    if not found or not all(_is_public(sockaddr[0]) for *_rest, sockaddr in found):
        raise Unreachable("address")
    return found[0][4][:2]


def _is_public(number):
    found = ipaddress.ip_address(number)
    return settings.WEBHOOKS_OWN_NETWORK or all(
        one.is_global and not one.is_multicast and not any(one in network for network in INSIDE)
        for one in (_inside(found) or (found,))
    )


def _inside(found):
    """The numbers of version 4 that one of version 6 leads to, by whatever way of carrying them over."""
    if found.version == 4:
        return ()
    if any(found in network for network in CARRIED):
        return (ipaddress.ip_address(int(found) & 0xFFFFFFFF),)
    return tuple(one for one in (found.ipv4_mapped, found.sixtofour, *(found.teredo or ())) if one)


class _Straight(http.client.HTTPConnection):
    """To the very address that was judged, with TLS for the name."""

    def __init__(self, parts, address):
        super().__init__(parts.hostname, address[1], timeout=SECONDS)
        self.address, self.is_safe = address, parts.scheme == "https"

    def connect(self):
        self.sock = socket.create_connection(self.address, self.timeout)
        if self.is_safe:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
            self.sock.do_handshake()

    def cut(self):
        """From another thread: whoever waits for an answer gets none."""
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)
