"""What may be listened on."""
import socket
import subprocess

import pytest

from wire import ECHO, Echo, get


def has_ipv6():
    try:
        with socket.socket(socket.AF_INET6) as peer:
            peer.bind(("::1", 0))
        return True
    except OSError:
        return False


def test_any_ipv4_address():
    with Echo(address="0.0.0.0:0") as echo, echo.connect() as client:
        client.send(get("/"))
        assert client.reply().status == 200


@pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6")
def test_ipv6():
    with Echo(address="[::1]:0") as echo:
        with socket.create_connection(("::1", echo.port), 5) as peer:
            peer.sendall(get("/"))
            assert peer.recv(100).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize("address", [
    "", ":", ":80", "80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:8o",
    "127.0.0.1:65536", "127.0.0.1:000080", "127.0.0.1:-1",
    "localhost:0", "[::1", "[::1]", "[]:0", "[:0", "]:0", "256.0.0.1:0"])
def test_no_address(address):
    ended = subprocess.run([ECHO, f"address={address}"], timeout=10,
                           capture_output=True, text=True)
    assert ended.returncode == 1
    assert "Invalid argument" in ended.stderr


def test_address_in_use():
    with Echo() as echo:
        ended = subprocess.run([ECHO, f"address=127.0.0.1:{echo.port}"],
                               timeout=10, capture_output=True, text=True)
    assert ended.returncode == 1
    assert "Address already in use" in ended.stderr
