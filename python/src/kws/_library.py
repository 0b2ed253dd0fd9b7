"""libkws.so, its structs and its functions. kws.h documents them."""

from __future__ import annotations

import ctypes
import functools
import os
import pathlib
from ctypes import POINTER, c_char_p, c_double, c_float, c_int, c_int16, c_int32, c_size_t, c_void_p

from ._errors import LibraryMissing

#: The file of the binary interface that this package is written for.
NAME = "libkws.so.0"

OK = 0
NO_EVENT = 1


class Options(ctypes.Structure):
    _fields_ = [
        ("size", c_size_t),
        ("sample_rate", c_int32),
        ("channels", c_int32),
        ("channel", c_int32),
        ("threshold", c_float),
    ]


class CEvent(ctypes.Structure):
    _fields_ = [
        ("size", c_size_t),
        ("label", c_char_p),
        ("start", c_double),
        ("end", c_double),
        ("decided", c_double),
        ("probability", c_float),
        ("class_index", c_int32),
    ]


class CAnswer(ctypes.Structure):
    _fields_ = [
        ("size", c_size_t),
        ("label", c_char_p),
        ("rejected", c_char_p),
        ("probabilities", POINTER(c_float)),
        ("class_count", c_size_t),
        ("start", c_double),
        ("end", c_double),
        ("probability", c_float),
        ("class_index", c_int32),
    ]


# Each function: what it returns, and what it takes.
_FUNCTIONS = {
    "kws_open": (c_void_p, c_char_p, POINTER(Options)),
    "kws_open_memory": (c_void_p, c_char_p, c_size_t, POINTER(Options)),
    "kws_open_shared": (c_void_p, c_void_p, POINTER(Options)),
    "kws_close": (None, c_void_p),
    "kws_error": (c_char_p, c_void_p),
    "kws_last_status": (c_int, c_void_p),
    "kws_push": (c_int, c_void_p, POINTER(c_float), c_size_t),
    "kws_push_int16": (c_int, c_void_p, POINTER(c_int16), c_size_t),
    "kws_finish": (c_int, c_void_p),
    "kws_next": (c_int, c_void_p, POINTER(CEvent)),
    "kws_classify": (c_int, c_void_p, POINTER(c_float), c_size_t, POINTER(CAnswer)),
    "kws_classify_int16": (c_int, c_void_p, POINTER(c_int16), c_size_t, POINTER(CAnswer)),
    "kws_classify_file": (c_int, c_void_p, c_char_p, POINTER(CAnswer)),
    "kws_class_count": (c_size_t, c_void_p),
    "kws_label": (c_char_p, c_void_p, c_size_t),
    "kws_threshold": (c_float, c_void_p, c_size_t),
    "kws_sample_rate": (c_int32, c_void_p),
    "kws_version": (c_char_p,),
}


@functools.lru_cache(maxsize=None)
def library() -> ctypes.CDLL:
    """Loads the library: ``$KWS_LIBRARY``, else the one in the package, else the system's."""
    bundled = pathlib.Path(__file__).with_name(NAME)
    path = os.environ.get("KWS_LIBRARY") or (str(bundled) if bundled.exists() else NAME)
    try:
        found = ctypes.CDLL(path)
        for name, (result, *arguments) in _FUNCTIONS.items():
            function = getattr(found, name)
            function.restype, function.argtypes = result, arguments
    except (OSError, AttributeError) as error:
        raise LibraryMissing(
            f"{error}: install the wheel, or libkws with Scripts/install-library, or set KWS_LIBRARY"
        ) from error
    return found
