"""What the recogniser answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, Optional


@dataclass(frozen=True)
class Answer:
    """The answer for a clip. Times are in seconds."""

    #: The answer: a class of the model, or ``_unknown_``.
    label: str
    #: Posterior of ``label``; None if it is ``_unknown_`` and the model has no such class.
    probability: Optional[float]
    #: The likeliest keyword, if it is below its threshold and the answer therefore ``_unknown_``.
    rejected: Optional[str]
    #: Posterior of each class, in the order of the model's labels.
    probabilities: Dict[str, float]
    #: Start of the window that gives the answer.
    start: float
    #: Its end.
    end: float


@dataclass(frozen=True)
class Event:
    """A keyword in a stream. Times are in seconds since its start."""

    #: The keyword.
    label: str
    #: Its highest averaged posterior.
    probability: float
    #: Start of its first window.
    start: float
    #: End of its last window before the decision.
    end: float
    #: End of the window that decided.
    decided: float
