"""A modality with pynetdicom: python pynetdicom-mpps.py PORT CALLED CALLING < lines

Each line is one JSON object, done in turn on one association: {"create": uid or null, "elements": {...}},
{"set": uid, "elements": {...}} in the DICOM JSON model, or {"store": path}. Prints the status of each.
"""
import json
import sys

from pydicom import dcmread
from pydicom.dataset import Dataset
from pynetdicom import AE
from pynetdicom.sop_class import ModalityPerformedProcedureStep

import pynetdicom_pause  # noqa: F401

port, called, calling = int(sys.argv[1]), sys.argv[2], sys.argv[3]
lines = [json.loads(line) for line in sys.stdin.read().splitlines()]
ae = AE(ae_title=calling)
ae.add_requested_context(ModalityPerformedProcedureStep)
for path in {line["store"] for line in lines if "store" in line}:
    meta = dcmread(path, stop_before_pixels=True).file_meta
    ae.add_requested_context(meta.MediaStorageSOPClassUID, meta.TransferSyntaxUID)
association = ae.associate("127.0.0.1", port, ae_title=called)
if not association.is_established:
    print(json.dumps({"rejected": association.is_rejected}))
    sys.exit(1)
for line in lines:
    if "store" in line:
        status = association.send_c_store(line["store"])
        print(json.dumps({"status": status.get("Status")}))
        continue
    elements = Dataset.from_json(json.dumps(line["elements"]))
    if "create" in line:
        status, _ = association.send_n_create(elements, ModalityPerformedProcedureStep, line["create"])
    else:
        status, _ = association.send_n_set(elements, ModalityPerformedProcedureStep, line["set"])
    print(json.dumps({"status": status.get("Status")}))
association.release()
