"""A modality that asks for storage commitment, with pynetdicom: python pynetdicom-commit.py PORT CALLED CALLING LISTEN < plan

The plan is JSON: "store" paths to send, "ask" pairs of SOP Class and Instance UID, "transaction" its UID, "action" its type
(1), "release" the association at once (else it waits for the report there), "reports" how many to wait for, "tls" the files of
authority, certificate and key with which it listens. With LISTEN other than 0 it takes reports on that port. Prints a JSON
object a line: the status of N-ACTION, and each report as it comes.
"""
import json
import ssl
import sys
import threading

from pydicom.dataset import Dataset
from pydicom.filereader import read_file_meta_info
from pynetdicom import AE, evt

import pynetdicom_pause  # noqa: F401

COMMITMENT, INSTANCE = "1.2.840.10008.1.20.1", "1.2.840.10008.1.20.1.1"
port, called, calling, listen = int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
plan = json.load(sys.stdin)
reports = threading.Semaphore(0)


def say(what):
    print(json.dumps(what), flush=True)


def names(items):
    return [
        [item.ReferencedSOPClassUID, item.ReferencedSOPInstanceUID]
        + ([int(item.FailureReason)] if "FailureReason" in item else [])
        for item in items
    ]


def reported(event):
    information = event.event_information
    say(
        {
            "via": "same" if event.assoc.is_requestor else "new",
            "type": event.event_type,
            "transaction": information.TransactionUID,
            "committed": names(information.get("ReferencedSOPSequence", [])),
            "failed": names(information.get("FailedSOPSequence", [])),
        }
    )
    return 0x0000, None


def sent(event):
    if type(event.message).__name__ == "N_EVENT_REPORT_RSP":
        reports.release()


def released(event):
    reports.release()


takes = (evt.EVT_N_EVENT_REPORT, reported)
ae = AE(ae_title=calling)
if listen:
    ae.add_supported_context(COMMITMENT, scu_role=False, scp_role=True)
    context = None
    if "tls" in plan:
        authority, certificate, key = plan["tls"]
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=authority)
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_cert_chain(certificate, key)
    wants = [takes, (evt.EVT_RELEASED, released)]
    ae.start_server(("127.0.0.1", listen), block=False, ssl_context=context, evt_handlers=wants)
if "ask" in plan:
    for path in plan.get("store", []):
        meta = read_file_meta_info(path)
        ae.add_requested_context(meta.MediaStorageSOPClassUID, meta.TransferSyntaxUID)
    ae.add_requested_context(COMMITMENT)
    association = ae.associate("127.0.0.1", port, ae_title=called, evt_handlers=[takes, (evt.EVT_DIMSE_SENT, sent)])
    for path in plan.get("store", []):
        association.send_c_store(path)
    request = Dataset()
    request.TransactionUID = plan["transaction"]
    request.ReferencedSOPSequence = []
    for sop_class, sop_instance in plan["ask"]:
        item = Dataset()
        item.ReferencedSOPClassUID, item.ReferencedSOPInstanceUID = sop_class, sop_instance
        request.ReferencedSOPSequence.append(item)
    status, _ = association.send_n_action(request, plan.get("action", 1), COMMITMENT, INSTANCE)
    say({"action": status.get("Status")})
    if plan.get("release"):
        association.release()
for _ in range(plan.get("reports", 0)):
    reports.acquire()
if "ask" in plan and not plan.get("release"):
    association.release()
ae.shutdown()
