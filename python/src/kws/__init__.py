"""Keyword recognition: the word in a clip, and the keywords in a stream of sound.

    import kws

    model = kws.open("model.safetensors")     # without a path: the built-in model
    print(model.classify("clip.wav").label)

    for event in model.listen("meeting.wav"):
        print(f"{event.start:.2f} s  {event.label}  {event.probability:.0%}")

The answers and events are those of ``kws classify`` and ``kws listen``: the same library computes them.
"""

from ._errors import BadData, KwsError, LibraryMissing, NotFound, ReadFailed, WrongUse
from ._model import Model, library_version, open
from ._results import Answer, Event

__all__ = [
    "Answer",
    "BadData",
    "Event",
    "KwsError",
    "LibraryMissing",
    "Model",
    "NotFound",
    "ReadFailed",
    "WrongUse",
    "library_version",
    "open",
]
