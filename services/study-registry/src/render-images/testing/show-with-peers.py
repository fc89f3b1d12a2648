"""Shows frames with software that is not ours, for specs to compare with.

Reads lines of JSON from standard input: {"path", "frame", "window": [center, width, function] or null}. Writes the 8-bit pixels of
each to <folder>/<number of the line> and a line of JSON with their shape, or with why there are none. DCMTK decodes JPEG and JPEG-LS;
pydicom does the rest: native pixels, RLE, JPEG 2000 with Pillow, modality and VOI transformations, palettes and colours.
"""

import json
import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
from pydicom import dcmread
from pydicom.pixels import apply_color_lut, apply_modality_lut, apply_voi_lut, convert_color_space, pixel_array

warnings.simplefilter("ignore")
DCMTK = {"50": "dcmdjpeg", "51": "dcmdjpeg", "57": "dcmdjpeg", "70": "dcmdjpeg", "80": "dcmdjpls", "81": "dcmdjpls"}
PIXEL_VALUES, FRAME_VOI = "PixelValueTransformationSequence", "FrameVOILUTSequence"
folder = Path(sys.argv[1])


def native(path):
    syntax = str(dcmread(path, stop_before_pixels=True).file_meta.TransferSyntaxUID)
    program = DCMTK.get(syntax.removeprefix("1.2.840.10008.1.2.4."))
    if program is None:
        return path
    out = folder / "decoded.dcm"
    subprocess.run([program, path, out], check=True, capture_output=True)
    return out


def flatten(ds, frame):
    """What functional groups say of the frame, at the top, where pydicom's functions look for it."""
    for groups in ("SharedFunctionalGroupsSequence", "PerFrameFunctionalGroupsSequence"):
        items = ds.get(groups) or []
        for group in [items[frame - 1 if groups.startswith("Per") else 0]] if items else []:
            for macro in (PIXEL_VALUES, FRAME_VOI):
                for element in (group.get(macro) or [{}])[0]:
                    ds[element.tag] = element


def grey(ds, stored, window):
    if window is not None:
        ds.WindowCenter, ds.WindowWidth, ds.VOILUTFunction = window
        if "VOILUTSequence" in ds:
            del ds.VOILUTSequence
    values = apply_modality_lut(stored, ds).astype("float64")
    if "VOILUTSequence" in ds and "WindowCenter" not in ds:
        top = 2 ** ds.VOILUTSequence[0].LUTDescriptor[2] - 1
        shown = apply_voi_lut(values.astype("int64"), ds) * 255.0 / top
    else:
        edges = np.array([[-1e12, 1e12]])
        low, high = apply_voi_lut(edges, ds, prefer_lut=False)[0]
        shown = (apply_voi_lut(values, ds, prefer_lut=False) - low) * 255.0 / (high - low)
    inverse = ds.PhotometricInterpretation == "MONOCHROME1" or ds.get("PresentationLUTShape") == "INVERSE"
    return 255 - shown if inverse else shown


def show(path, frame, window):
    ds = dcmread(native(path))
    stored = pixel_array(ds, raw=True, index=frame - 1)
    flatten(ds, frame)
    photometric = ds.PhotometricInterpretation
    if photometric == "PALETTE COLOR":
        colours = apply_color_lut(stored, ds)
        return colours >> 8 if colours.dtype == np.uint16 else colours
    if ds.SamplesPerPixel == 1:
        return np.clip(np.round(grey(ds, stored, window)), 0, 255)
    if photometric.startswith("YBR_FULL"):
        return convert_color_space(stored, photometric, "RGB")
    return stored >> (ds.BitsStored - 8)


def with_overlays(ds, frame, pixels):
    """White where an overlay of one bit a pixel, at its origin, marks something."""
    pixels = pixels.copy()
    for group in range(0x6000, 0x6020, 2):
        if (group, 0x3000) not in ds or ds[group, 0x0100].value != 1:
            continue
        marks = ds.overlay_array(group)
        if (group, 0x0015) in ds:
            count = ds[group, 0x0015].value
            place = frame - (ds[group, 0x0051].value if (group, 0x0051) in ds else 1)
            if not 0 <= place < count:
                continue
            marks = marks.reshape(count, *marks.shape[-2:])[place]
        top, left = (value - 1 for value in ds[group, 0x0050].value)
        for row, column in zip(*np.nonzero(marks)):
            if 0 <= row + top < pixels.shape[0] and 0 <= column + left < pixels.shape[1]:
                pixels[row + top, column + left] = 255
    return pixels


for number, line in enumerate(sys.stdin.read().splitlines()):
    asked = json.loads(line)
    try:
        pixels = show(asked["path"], asked["frame"], asked["window"]).astype("uint8")
        pixels = with_overlays(dcmread(asked["path"]), asked["frame"], pixels)
        (folder / str(number)).write_bytes(pixels.tobytes())
        print(json.dumps({"shape": pixels.shape}))
    except Exception as error:
        print(json.dumps({"error": f"{type(error).__name__}: {error}"}))
