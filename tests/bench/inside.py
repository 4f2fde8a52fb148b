"""What a test may know about the inside of a running stack: addresses with credentials, and how its parts are set."""

from __future__ import annotations

from collections.abc import Mapping

from daira.environment import Addresses, service_environment
from daira.keys import read_keys
from daira.ports import recorded_ports
from daira.stack import addresses_of
from tests.support.stacks import Stack
from tests.support.tokens import Tokens


def addresses(stack: Stack) -> Addresses:
    """The addresses of its servers."""
    return addresses_of(stack.home)


def signer(stack: Stack) -> Tokens:
    """Makes tokens that its gateway accepts."""
    return Tokens(read_keys(stack.home).jwt)


def gateway_environment(stack: Stack) -> Mapping[str, str]:
    """The variables that its gateway has."""
    return service_environment(addresses(stack), recorded_ports(stack.home), read_keys(stack.home), stack.env)
