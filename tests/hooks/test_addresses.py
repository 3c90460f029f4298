"""Which addresses a webhook may go to, in every spelling; names that resolve to one thing and then to another."""

from __future__ import annotations

import doctest
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.hooks import addresses, schedules
from service.hooks.addresses import AddressRefusedError, NameUnknownError, Network, find_target, judge

PUBLIC = ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
PRIVATE = [
    *("127.0.0.1", "127.255.255.254", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1"),
    *("::1", "fd12:3456::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"),
]
FORBIDDEN = [
    *("169.254.169.254", "169.254.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254"),
    *("0.0.0.0", "0.1.2.3", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "198.18.0.1"),
    *("::", "fe80::1", "fec0::1", "ff02::1", "2001:db8::1", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe"),
    *("2002:a9fe:a9fe::", "::ffff:0:169.254.169.254", "203.0.113.5"),
]
JUDGED = [
    *((address, Network.PUBLIC) for address in PUBLIC),
    *((address, Network.PRIVATE) for address in PRIVATE),
    *((address, Network.FORBIDDEN) for address in FORBIDDEN),
]


@pytest.mark.parametrize(("address", "network"), JUDGED)
def test_addresses_are_judged_by_their_network(address: str, network: Network) -> None:
    assert judge(ip_address(address)) == network


@given(st.ip_addresses(v=4))
def test_an_address_is_judged_the_same_in_its_ipv6_spellings(address: IPv4Address) -> None:
    for prefix in ("::ffff:0:0", "64:ff9b::", "64:ff9b:1::"):
        assert judge(IPv6Address(int(IPv6Address(prefix)) | int(address))) == judge(address)


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "0", "localhost", "LOCALHOST"),
        *("[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f00:1]", "[::]", "169.254.169.254"),
        *("2852039166", "0xa9fea9fe", "[::ffff:a9fe:a9fe]", "10.0.0.1", "[fe80::1]"),
    ],
)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_private_addresses_are_refused_however_they_are_written(scheme: str, host: str) -> None:
    with pytest.raises(AddressRefusedError, match="public network"):
        find_target(f"{scheme}://{host}:8443/hook", allow_private=False)


@pytest.mark.parametrize("host", ["169.254.169.254", "0xa9fea9fe", "[::ffff:a9fe:a9fe]", "0.0.0.0", "[fd00:ec2::254]"])
def test_what_is_nobodys_newsroom_is_refused_where_private_networks_are_allowed(host: str) -> None:
    with pytest.raises(AddressRefusedError):
        find_target(f"http://{host}/latest/meta-data/", allow_private=True)


@pytest.mark.parametrize(
    "url",
    [
        *(
            "ftp://8.8.8.8/",
            "file:///etc/passwd",
            "gopher://8.8.8.8/",
            "//8.8.8.8/",
            "8.8.8.8",
            "https://",
            "https:///x",
        ),
        *(
            "https://8.8.8.8:0/",
            "https://8.8.8.8:99999/",
            "https://[::1/",
            "https://user@8.8.8.8/",
            "https://a:b@8.8.8.8/",
        ),
        *("https://8.8.8.8/a b", "https://8.8.8.8/\r\nX-Header: 1", "https://①②⑦.0.0.1/", "http://8.8.8.8/"),
    ],
)
def test_what_is_no_safe_address_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(AddressRefusedError):
        find_target(url, allow_private=False)


def test_a_name_that_does_not_resolve_is_told_apart_since_it_may_later() -> None:
    with pytest.raises(NameUnknownError):
        find_target("https://cms.invalid/hook", allow_private=False)


def test_a_name_is_resolved_once_and_everything_it_resolves_to_must_be_allowed() -> None:
    answers: Iterator[list[str]] = iter([["8.8.8.8", "10.0.0.1"], ["8.8.8.8"], ["127.0.0.1"]])
    asked: list[str] = []

    def rebind(host: str, _port: int) -> list[str]:
        asked.append(host)
        return next(answers)

    url = "https://cms.example/hook?x=1"
    with pytest.raises(AddressRefusedError):
        find_target(url, allow_private=False, resolve=rebind)
    target = find_target(url, allow_private=False, resolve=rebind)
    assert (target.addresses, target.host, target.port, target.path) == (("8.8.8.8",), "cms.example", 443, "/hook?x=1")
    with pytest.raises(AddressRefusedError):
        find_target(url, allow_private=False, resolve=rebind)
    assert asked == ["cms.example"] * 3


@given(st.text(max_size=40))
def test_any_text_is_a_target_or_refused(text: str) -> None:
    for url in (text, f"https://{text}", f"http://127.0.0.1{text}"):
        try:
            target = find_target(url, allow_private=False, resolve=lambda *_: ["127.0.0.1"])
        except AddressRefusedError:
            continue
        raise AssertionError(target)


@pytest.mark.parametrize("module", [addresses, schedules])
def test_the_examples_in_the_docstrings_are_true(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0
