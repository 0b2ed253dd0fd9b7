"""The exceptions of the package, one for each status of libkws."""

from __future__ import annotations


class KwsError(Exception):
    """What every exception of this package is. Its text is one sentence.

    ``status`` is the number that libkws returned, an exit code of the ``kws`` command.
    """

    status = 70


class WrongUse(KwsError, ValueError):
    """An argument is wrong: a rate, a threshold, a channel that the sound does not have."""

    status = 64


class BadData(KwsError, ValueError):
    """A model or an audio file is damaged, or a sample is not finite."""

    status = 65


class NotFound(KwsError, FileNotFoundError):
    """A file does not exist."""

    status = 66


class ReadFailed(KwsError, OSError):
    """A file cannot be read."""

    status = 74


class LibraryMissing(KwsError, ImportError):
    """libkws.so cannot be loaded."""


def error_of(status: int, text: str) -> KwsError:
    """The exception for a status of libkws other than 0."""
    for kind in (WrongUse, BadData, NotFound, ReadFailed):
        if kind.status == status:
            return kind(text)
    return KwsError(text)
