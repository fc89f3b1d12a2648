"""Takes files apart into metadata and bulk data as a program that stores them does, and compares what was made of that."""

import base64
import json
import sys
import warnings

warnings.simplefilter("ignore")

from pydicom import Dataset, dcmread
from pydicom.encaps import generate_frames
from pydicom.multival import MultiValue
from pydicom.uid import generate_uid

TYPES = {
    "1.2.840.10008.1.2.4.50": "image/jpeg",
    "1.2.840.10008.1.2.4.51": "image/jpeg",
    "1.2.840.10008.1.2.4.57": "image/jpeg",
    "1.2.840.10008.1.2.4.70": "image/jpeg",
    "1.2.840.10008.1.2.4.80": "image/jls",
    "1.2.840.10008.1.2.4.81": "image/jls",
    "1.2.840.10008.1.2.4.90": "image/jp2",
    "1.2.840.10008.1.2.4.91": "image/jp2",
    "1.2.840.10008.1.2.4.201": "image/jphc",
    "1.2.840.10008.1.2.4.202": "image/jphc",
    "1.2.840.10008.1.2.4.203": "image/jphc",
    "1.2.840.10008.1.2.5": "image/dicom-rle",
}
# The Image Pixel Description Macro, which may be left to frames of JPEG and its kind.
DERIVED = ["00280002", "00280004", "00280006", "00280010", "00280011", "00280100", "00280101", "00280102", "00280103"]
INLINE_BYTES = 512
# What says how a file is written, and what was changed on the way.
LEFT_OUT = {0x00080005, 0x00080018, 0x0020000D, 0x0020000E, 0x7FE00001, 0x7FE00002, 0x7FE00003, 0xFFFCFFFC, 0x00080001}
# By which answers in JSON identify the patient and the order.
OF_THE_PROVINCE = {0x00080050, 0x00080051, 0x00100020, 0x00100021, 0x00101002}


def describe(path, number):
    ds = dcmread(path)
    syntax = ds.file_meta.TransferSyntaxUID
    ds.SOPInstanceUID, ds.StudyInstanceUID, ds.SeriesInstanceUID = generate_uid(), generate_uid(), generate_uid()
    parts = []

    def part(value, media="application/octet-stream", behind=""):
        location = f"urn:bulk:{number}:{len(parts)}" if behind == "" else behind
        parts.append({"type": media, "location": location, "body": base64.b64encode(value).decode()})
        return location

    pixels = ds.get("PixelData")
    if pixels is not None and syntax.is_encapsulated:
        del ds.PixelData
    described = ds.to_json_dict(INLINE_BYTES, lambda element: part(element.value))
    if pixels is not None and syntax.is_encapsulated:
        media = f"{TYPES.get(syntax, 'application/octet-stream')}; transfer-syntax={syntax}"
        for frame in generate_frames(pixels, number_of_frames=int(ds.get("NumberOfFrames") or 1)):
            part(frame, media, f"urn:pixels:{number}")
        if TYPES.get(syntax, "").startswith("image/j"):
            for tag in DERIVED:
                described.pop(tag, None)
        described["7FE00010"] = {"vr": "OB", "BulkDataURI": f"urn:pixels:{number}"}
    uids = [str(ds.StudyInstanceUID), str(ds.SeriesInstanceUID), str(ds.SOPInstanceUID)]
    return {"path": path, "syntax": str(syntax), "uids": uids, "metadata": json.dumps(described), "parts": parts}


def values(element):
    value = element.value
    if element.VR == "SQ":
        return [elements(item) for item in value]
    several = list(value) if isinstance(value, (MultiValue, list)) else [value]
    if element.VR in ("OB", "OW", "OD", "OF", "OL", "OV", "UN"):
        return [(each or b"").rstrip(b"\0").hex() for each in several]
    if element.VR in ("DS", "FL", "FD"):
        return [None if each is None or each == "" else f"{float(each):.9g}" for each in several]
    if element.VR == "IS":
        return [None if each is None or each == "" else int(each) for each in several]
    return ["" if each is None else str(each).strip() for each in several]


def elements(ds):
    return {
        str(element.tag): values(element)
        for element in ds
        if element.tag not in LEFT_OUT and element.tag.element != 0 and element.tag != 0x7FE00010
    }


def frames(ds):
    pixels = ds.get("PixelData")
    if pixels is None:
        return []
    if ds.file_meta.TransferSyntaxUID.is_encapsulated:
        return [f.rstrip(b"\0").hex() for f in generate_frames(pixels, number_of_frames=int(ds.get("NumberOfFrames") or 1))]
    return [pixels.rstrip(b"\0").hex()]


def texts(ds):
    """What metadata tell in words and numbers, of the data set itself."""
    binary = {str(e.tag) for e in ds if e.VR in ("OB", "OW", "OD", "OF", "OL", "OV", "UN", "SQ") or e.tag in OF_THE_PROVINCE}
    # JSON.stringify() has no negative zero.
    return {
        tag: ["0" if each == "-0" else each for each in value] for tag, value in elements(ds).items() if tag not in binary
    }


def differences(one, other):
    return sorted(tag for tag in one.keys() | other.keys() if one.get(tag) != other.get(tag))


def compare(original, received, metadata):
    one, other = dcmread(original), dcmread(received)
    wrong = differences(elements(one), elements(other))
    if frames(one) != frames(other):
        wrong.append("pixels")
    again = Dataset.from_json(metadata, lambda tag, vr, uri: b"")
    return wrong + [f"metadata {tag}" for tag in differences(texts(other), texts(again))]


for number, line in enumerate(sys.stdin):
    asked = json.loads(line)
    path, received = asked["path"], asked.get("received")
    try:
        print(json.dumps(describe(path, number) if received is None else compare(path, received, asked["metadata"])))
    except Exception as error:
        print(json.dumps({"error": f"{type(error).__name__}: {error}"}))
