"""Writes one data set with pydicom in several ways, each in a file of the given folder."""
import sys
from pathlib import Path

from pydicom import config
from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.filebase import DicomBytesIO
from pydicom.filewriter import write_sequence
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

config.replace_un_with_known_vr = False
FOLDER = Path(sys.argv[1])
PRIVATE = 0x00091001


def code(value, meaning):
    item = Dataset()
    item.CodeValue = value
    item.CodeMeaning = meaning
    return item


def content():
    request = Dataset()
    request.RequestedProcedureID = "R1"
    request.ScheduledProtocolCodeSequence = Sequence([code("P1", "胸部"), code("P2", "腹部")])
    other = Dataset()
    other.PatientID = "330100"
    other.IssuerOfPatientID = "公安"
    inner = Dataset()
    inner.StudyID = "9"
    return {
        0x00081032: Sequence([code("C1", "头颅")]),
        0x00101002: Sequence([other]),
        0x00400275: Sequence([request, Dataset()]),
        PRIVATE: Sequence([inner, code("X", "Y")]),
    }


def bytes_of(sequence, implicit, undefined):
    for item in sequence:
        item.is_undefined_length_sequence_item = undefined
    to = DicomBytesIO()
    to.is_little_endian, to.is_implicit_VR = True, implicit
    write_sequence(to, DataElement(0x00081032, "SQ", sequence), ["utf8"])
    return to.getvalue()


def write(name, syntax, element):
    dataset = Dataset()
    dataset.SpecificCharacterSet = "ISO_IR 192"
    dataset.SOPClassUID = "1.2.840.10008.5.1.4.1.1.7"
    dataset.SOPInstanceUID = "1.2.3"
    dataset.add_new(0x00090010, "LO", "ACME")
    dataset.StudyDescription = "last of its group"
    dataset.PatientComments = "behind"
    for tag, sequence in content().items():
        dataset.add(element(tag, sequence))
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = syntax
    dataset.save_as(FOLDER / name, enforce_file_format=True)


def known(tag, sequence):
    return DataElement(tag, "SQ", sequence)


def undefined(tag, sequence):
    element = known(tag, sequence)
    element.is_undefined_length = True
    for item in sequence:
        item.is_undefined_length_sequence_item = True
    return element


def unknown(implicit=True, undefined=False):
    def element(tag, sequence):
        if tag == PRIVATE and not undefined:
            return known(tag, sequence)
        made = DataElement(tag, "UN", bytes_of(sequence, implicit, undefined))
        made.is_undefined_length = undefined
        return made

    return element


write("known", ExplicitVRLittleEndian, known)
write("known, implicit VR, undefined length", ImplicitVRLittleEndian, undefined)
write("unknown", ExplicitVRLittleEndian, unknown())
write("unknown, undefined length", ExplicitVRLittleEndian, unknown(undefined=True))
write("unknown, explicit VR inside", ExplicitVRLittleEndian, unknown(implicit=False))
write("unknown, big endian", ExplicitVRBigEndian, unknown())
