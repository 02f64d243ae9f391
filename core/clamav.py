"""Asks a ClamAV daemon whether a file holds a virus, in the one command of its protocol that needs no shared disk."""

import socket
import struct

CHUNK = 1 << 16


class Unreachable(Exception):
    """No usable answer came: no daemon, no time, a file above its limit. The caller decides; we do not guess."""


def scan(content, address, timeout=30):
    """The name of the virus in `content`, or None. `address` is a path of a socket, or `host:port`."""
    try:
        with _connect(address, timeout) as connection:
            connection.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), CHUNK):
                chunk = content[start : start + CHUNK]
                connection.sendall(struct.pack("!L", len(chunk)) + chunk)
            connection.sendall(struct.pack("!L", 0))
            answer = _receive(connection)
    except OSError as error:
        raise Unreachable(str(error)) from error
    if answer == "stream: OK":
        return None
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    raise Unreachable(answer or "The daemon said nothing.")


def _connect(address, timeout):
    if address.startswith("/"):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(timeout)
        try:
            connection.connect(address)
        except OSError:
            connection.close()
            raise
        return connection
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=timeout)


def _receive(connection):
    answer = b""
    while b"\0" not in answer and (piece := connection.recv(4096)):
        answer += piece
    return answer.split(b"\0")[0].decode(errors="replace").strip()
