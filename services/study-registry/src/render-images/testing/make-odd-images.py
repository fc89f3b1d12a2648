"""Makes images of kinds that public files have not: python make-odd-images.py FOLDER

Each is a Part 10 file with its own way of keeping pixels or of saying how they are to be seen, named for it.
"""

import sys
from pathlib import Path

import numpy as np
from pydicom import Dataset, Sequence
from pydicom.dataset import FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, SecondaryCaptureImageStorage, generate_uid

folder = Path(sys.argv[1])
ROWS, COLUMNS = 24, 32
ramp = np.arange(ROWS * COLUMNS, dtype="int64").reshape(ROWS, COLUMNS)


def image(name, pixels, overlays=None, **elements):
    ds = Dataset()
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    ds.SOPClassUID = ds.file_meta.MediaStorageSOPClassUID = SecondaryCaptureImageStorage
    ds.SOPInstanceUID = ds.file_meta.MediaStorageSOPInstanceUID = generate_uid()
    ds.StudyInstanceUID, ds.SeriesInstanceUID = generate_uid(), generate_uid()
    ds.Rows, ds.Columns, ds.SamplesPerPixel = ROWS, COLUMNS, 1
    ds.PhotometricInterpretation = "MONOCHROME2"
    ds.BitsAllocated = pixels.dtype.itemsize * 8
    ds.BitsStored, ds.PixelRepresentation = ds.BitsAllocated, int(pixels.dtype.kind == "i")
    for keyword, value in elements.items():
        setattr(ds, keyword, value)
    ds.HighBit = ds.BitsStored - 1
    data = pixels.tobytes()
    ds.add_new("PixelData", "OW" if ds.BitsAllocated > 8 else "OB", data + b"\0" * (len(data) % 2))
    for (group, element), (vr, value) in (overlays or {}).items():
        ds.add_new((group, element), vr, value)
    ds.save_as(folder / f"{name}.dcm", enforce_file_format=True)


def table(values, first, bits, vr="US"):
    item = Dataset()
    item.add_new("LUTDescriptor", vr, [len(values) % 65536, first, bits])
    item.add_new("LUTData", "OW", np.asarray(values, dtype="<u2").tobytes())
    item.ModalityLUTType = "US"
    return Sequence([item])


def group(**macros):
    ds = Dataset()
    for keyword, elements in macros.items():
        item = Dataset()
        for name, value in elements.items():
            setattr(item, name, value)
        setattr(ds, keyword, Sequence([item]))
    return ds


unsigned = (ramp * 5).astype("<u2")
signed = (ramp * 5 - 2000).astype("<i2")
window = {"WindowCenter": 1500, "WindowWidth": 2000}
image("monochrome1", unsigned, PhotometricInterpretation="MONOCHROME1", BitsStored=12, **window)
image("inverse", unsigned, PresentationLUTShape="INVERSE", BitsStored=12, **window)
image("signed-12", signed, BitsStored=12, RescaleSlope=2, RescaleIntercept=-100, WindowCenter=-50, WindowWidth=3000)
image("signed-8", (ramp % 256 - 128).astype("i1"), WindowCenter=-20, WindowWidth=150)
image("rescale-fraction", unsigned, RescaleSlope="0.0125", RescaleIntercept="-3.5", WindowCenter=10, WindowWidth="25.5")
image("several-windows", unsigned, WindowCenter=[900, 100], WindowWidth=[700, 50])
image("linear-exact", unsigned, VOILUTFunction="LINEAR_EXACT", **window)
image("sigmoid", unsigned, VOILUTFunction="SIGMOID", **window)
image("unsigned-32", (ramp * 100_000).astype("<u4"), WindowCenter=3e7, WindowWidth=5e7)
curve = np.sqrt(np.linspace(0, 1, 1000)) * 4095
image("modality-lut", unsigned, ModalityLUTSequence=table(curve, 1000, 16), WindowCenter=2500, WindowWidth=3000)
image("modality-lut-signed", signed, ModalityLUTSequence=table(curve, -1000, 16, "SS"), WindowCenter=2500, WindowWidth=3000)
image("voi-lut", unsigned, VOILUTSequence=table(curve, 500, 12))
image("voi-lut-16", unsigned, VOILUTSequence=table(curve * 16, 0, 16))
image("voi-lut-signed", signed, VOILUTSequence=table(curve, -1500, 12, "SS"))
image("voi-lut-after-rescale", unsigned, RescaleSlope=2, RescaleIntercept=-1000, VOILUTSequence=table(curve, 500, 12))
image("both-luts", unsigned, ModalityLUTSequence=table(curve, 0, 16), VOILUTSequence=table(curve, 100, 12))

frames = np.stack([unsigned, unsigned[::-1], unsigned // 2])
perFrame = [
    group(
        PixelValueTransformationSequence={"RescaleSlope": slope, "RescaleIntercept": -10, "RescaleType": "US"},
        FrameVOILUTSequence={"WindowCenter": center, "WindowWidth": 900},
    )
    for slope, center in ((1, 500), (2, 3000), (0.5, 200))
]
image("per-frame", frames, NumberOfFrames=3, PerFrameFunctionalGroupsSequence=Sequence(perFrame))
image(
    "shared-groups",
    frames,
    NumberOfFrames=3,
    SharedFunctionalGroupsSequence=Sequence([group(PixelValueTransformationSequence={"RescaleSlope": 3, "RescaleIntercept": 7, "RescaleType": "US"})]),
    PerFrameFunctionalGroupsSequence=Sequence([group(FrameVOILUTSequence={"WindowCenter": center, "WindowWidth": 4000}) for center in (3000, 4000, 5000)]),
)



def overlay(group, rows, columns, origin, **frames):
    """A chessboard of so many pixels."""
    marks = np.indices((frames.get("count", 1) * rows, columns)).sum(axis=0) % 2
    elements = {
        0x0010: ("US", rows),
        0x0011: ("US", columns),
        0x0040: ("CS", "G"),
        0x0050: ("SS", list(origin)),
        0x0100: ("US", 1),
        0x0102: ("US", 0),
        0x3000: ("OW", np.packbits(marks.astype("u1").ravel(), bitorder="little").tobytes() + b"\0" * (marks.size // 8 % 2)),
    }
    if "count" in frames:
        elements |= {0x0015: ("IS", frames["count"]), 0x0051: ("US", frames["first"])}
    return {(group, element): value for element, value in elements.items()}


overlaid = overlay(0x6000, ROWS, COLUMNS, (1, 1))
image("overlay", unsigned, overlays=overlaid, **window)
image("overlay-inverted", unsigned, overlays=overlaid, PhotometricInterpretation="MONOCHROME1", **window)
image("overlays-beside", unsigned, overlays=overlay(0x6000, 8, 16, (-3, -5)) | overlay(0x601E, 16, 8, (20, 28)), **window)
image("overlay-of-frames", frames, overlays=overlay(0x6002, 8, 8, (3, 4), count=2, first=2), NumberOfFrames=3, **window)
image("overlay-of-all", frames, overlays=overlay(0x6002, 8, 8, (3, 4)), NumberOfFrames=3, **window)

colours = np.stack([ramp % 256, ramp // 3, 255 - ramp % 256], axis=-1).astype("u1")
colour = {"SamplesPerPixel": 3, "PlanarConfiguration": 0}
image("overlay-on-colours", colours, overlays=overlaid, PhotometricInterpretation="RGB", **colour)
image("rgb", colours, PhotometricInterpretation="RGB", **colour)
image("rgb-planes", np.ascontiguousarray(colours.transpose(2, 0, 1)), PhotometricInterpretation="RGB", SamplesPerPixel=3, PlanarConfiguration=1)
image("rgb-16", colours.astype("<u2") * 257, PhotometricInterpretation="RGB", **colour)
image("ybr-full", colours, PhotometricInterpretation="YBR_FULL", **colour)
halved = np.concatenate([colours[:, ::2, :1], colours[:, 1::2, :1], colours[:, ::2, 1:]], axis=-1)
image("ybr-full-422", np.ascontiguousarray(halved), PhotometricInterpretation="YBR_FULL_422", **colour)


def palette(name, indices, entries, first, bits, segments=None):
    elements = {"PhotometricInterpretation": "PALETTE COLOR"}
    for colour, shift in (("Red", 0), ("Green", 1), ("Blue", 2)):
        values = np.roll(entries, shift * 40)
        elements[f"{colour}PaletteColorLookupTableDescriptor"] = [len(entries) % 65536, first, bits]
        if segments is None:
            elements[f"{colour}PaletteColorLookupTableData"] = values.astype("<u2" if bits == 16 else "u1").tobytes()
        else:
            elements[f"Segmented{colour}PaletteColorLookupTableData"] = segments(shift)
    image(name, indices, **elements)


indices = (ramp % 256).astype("u1")
palette("palette-16", indices, np.linspace(0, 65535, 256), 0, 16)
palette("palette-8", indices, np.linspace(0, 255, 256), 0, 8)
palette("palette-few", indices, np.linspace(0, 65535, 100), 50, 16)
palette("palette-indices-16", (ramp * 3).astype("<u2"), np.linspace(0, 65535, 1000), 700, 16)


def segmented(dtype, top):
    """Discrete, linear and indirect segments (PS3.3 section C.7.9.2): 4 + 60 + 4 + 60 + 128 entries."""

    def words(shift):
        discrete = [0, 4, top // 8 * shift, top // 5, top // 4, top // 3]
        first = [*discrete, 1, 60, top - shift]
        # Both segments again, from the first one's offset in bytes or words.
        indirect = [2, 2, *[0] * (4 // np.dtype(dtype).itemsize)]
        return np.asarray([*first, *indirect, 1, 128, shift * 9], dtype=dtype).tobytes()

    return words


palette("palette-segments-16", indices, np.zeros(256), 0, 16, segmented("<u2", 65535))
palette("palette-segments-8", indices, np.zeros(256), 0, 8, segmented("u1", 255))
