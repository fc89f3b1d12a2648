"""Encodes texts and reads names with software that is not ours, for specs to compare with.

Reads JSON from standard input: {"encode": [{"terms": [...], "text": "..."}], "files": ["..."]}. Writes JSON: {"encoded":
[base64], "names": [the Patient's Name of each file with its component groups, or null when there is none]}. In a PN each component
is encoded by itself, as pydicom does when it writes one.
"""

import base64
import json
import sys
import warnings

from pydicom import dcmread
from pydicom.charset import convert_encodings
from pydicom.valuerep import PersonName

warnings.simplefilter("ignore")


def encoded(terms, text):
    return base64.b64encode(PersonName(text).encode(convert_encodings(terms))).decode()


def name_of(path):
    name = dcmread(path, force=True).get("PatientName")
    return None if name is None else str(name).rstrip()


asked = json.load(sys.stdin)
json.dump(
    {
        "encoded": [encoded(each["terms"], each["text"]) for each in asked["encode"]],
        "names": [name_of(path) for path in asked["files"]],
    },
    sys.stdout,
)
