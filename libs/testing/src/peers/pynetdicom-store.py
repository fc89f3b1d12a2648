"""Sends files by C-STORE with pynetdicom: python pynetdicom-store.py PORT CALLED CALLING [MAX_PDU [TIMEOUT_S]] < paths

Each data set goes as it stands in its file (chunked), in the file's own transfer syntax. Prints one JSON object a file.
"""
import json
import sys

from pydicom.filereader import read_file_meta_info
from pynetdicom import AE, _config

import pynetdicom_pause  # noqa: F401

_config.STORE_SEND_CHUNKED_DATASET = True

port, called, calling = int(sys.argv[1]), sys.argv[2], sys.argv[3]
max_pdu = int(sys.argv[4]) if len(sys.argv) > 4 else 16382
# How long it waits for an answer: it does not see that a connection has broken meanwhile.
timeout = int(sys.argv[5]) if len(sys.argv) > 5 else None
paths = sys.stdin.read().splitlines()
contexts = {}
for path in paths:
    meta = read_file_meta_info(path)
    contexts.setdefault((meta.MediaStorageSOPClassUID, meta.TransferSyntaxUID), []).append(path)

pairs = list(contexts)
for start in range(0, len(pairs), 128):
    chosen = pairs[start : start + 128]
    ae = AE(ae_title=calling)
    ae.maximum_pdu_size = max_pdu
    if timeout is not None:
        ae.dimse_timeout = ae.acse_timeout = ae.network_timeout = timeout
    for sop_class, syntax in chosen:
        ae.add_requested_context(sop_class, syntax)
    association = ae.associate("127.0.0.1", port, ae_title=called, max_pdu=max_pdu)
    if not association.is_established:
        print(json.dumps({"rejected": association.is_rejected}))
        sys.exit(1)
    for pair in chosen:
        for path in contexts[pair]:
            status = association.send_c_store(path)
            print(json.dumps({"path": path, "status": status.get("Status") if status else None}))
    association.release()
