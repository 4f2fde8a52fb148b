"""What `daira` says when it can't go on: one line on what is wrong and one on what to do."""

from __future__ import annotations

import errno


class StackError(Exception):
    """Ends a command with exit code 1. `message` says what is wrong, `hint` what to do about it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}"


def from_os_error(error: OSError, doing: str) -> StackError:
    """The sentence for a failure of the operating system while `doing` something."""
    if error.errno == errno.ENOSPC:
        return StackError(f"The disk is full ({doing}).", "Free some space, or choose another place with --data.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return StackError(f"No permission ({doing}: {error}).", "Choose a place that you may write to with --data.")
    return StackError(f"Failed {doing}: {error}.", "See `daira doctor`.")
