"""Every command of the README, run as printed against the running platform."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
PHOTO = base64.b64decode(
    "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////"
    "wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA="
)
BLOCKS = re.findall(r"```bash\n(.*?)```", README, re.DOTALL)


@dataclass
class Terminal:
    """A person who copies commands one block after the other, and pastes what earlier answers told."""

    gateway: str
    folder: Path
    pasted: dict[str, str] = field(default_factory=dict)
    variables: str = ""

    def run(self, block: str) -> list[Any]:
        """The JSON documents that the commands of `block` print."""
        script = block.replace("http://localhost:8000", self.gateway)
        for placeholder, value in self.pasted.items():
            script = script.replace(placeholder, value)
        self.variables += "\n".join(re.findall(r'^[A-Z_]+=".*"$', script, re.MULTILINE)) + "\n"
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", self.variables + script],
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return _documents(done.stdout)


def _documents(text: str) -> list[Any]:
    decoder, found, at = json.JSONDecoder(), [], 0
    while at < len(text.rstrip()):
        document, at = decoder.raw_decode(text, at + len(text[at:]) - len(text[at:].lstrip()))
        found.append(document)
    return found


@pytest.fixture(scope="module")
def terminal(stack: Any, tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    folder = tmp_path_factory.mktemp("readme")
    (folder / "photo.jpg").write_bytes(PHOTO)
    return Terminal(stack.url, folder)


def block_with(words: str) -> str:
    (found,) = [block for block in BLOCKS if words in block]
    return found


def test_every_block_is_run_below() -> None:
    assert len(BLOCKS) == 6


def test_health(terminal: Terminal) -> None:
    (health,) = terminal.run(block_with("/health"))
    assert health["status"] == "ok"


def test_register_and_login(terminal: Terminal) -> None:
    account, tokens = terminal.run(block_with("/auth/register"))
    assert account["username"] == "testuser"
    assert tokens["token_type"] == "bearer"
    assert tokens["refresh_token"]
    terminal.pasted["<paste_access_token>"] = tokens["access_token"]


def test_current_user_and_feed(terminal: Terminal) -> None:
    (answer,) = terminal.run(block_with("query { me"))
    assert "errors" not in answer
    me = answer["data"]["me"]
    assert (me["username"], me["email"], me["userType"]) == ("testuser", "test@example.com", "REGULAR")
    assert (me["isVerified"], me["followerCount"]) == (False, 0)
    assert set(answer["data"]["feed"]["pageInfo"]) == {"hasNextPage", "endCursor"}


def test_create_post_and_see_it_in_the_feed(terminal: Terminal) -> None:
    (answer,) = terminal.run(block_with("CreatePost"))
    post = answer["data"]["createPost"]
    assert (post["type"], post["content"]) == ("REGULAR", "Hello from DAIRA! ")
    assert post["id"].isdigit()
    (again,) = terminal.run(block_with("query { me"))
    nodes = {edge["node"]["id"]: edge["node"] for edge in again["data"]["feed"]["edges"]}
    assert nodes[post["id"]]["author"] == {"username": "testuser", "userType": "REGULAR"}


def test_upload(terminal: Terminal) -> None:
    presign, put = block_with("/upload/presign").split("# Step 2")
    (ticket,) = terminal.run(presign)
    terminal.pasted["<uploadUrl>"] = ticket["uploadUrl"]
    assert terminal.run("# Step 2" + put) == []
    assert _readable_within(ticket["publicUrl"], seconds=15) == PHOTO


def test_rest(terminal: Terminal) -> None:
    (posts,) = terminal.run(block_with("/rest/v1/posts"))
    assert posts[0]["author"]["username"] == "testuser"


def _readable_within(url: str, seconds: float) -> bytes:
    deadline = time.monotonic() + seconds
    while (answer := httpx.get(url)).status_code != 200:
        assert time.monotonic() < deadline, f"{url} is not readable: {answer.text}"
        time.sleep(0.2)
    return answer.content
