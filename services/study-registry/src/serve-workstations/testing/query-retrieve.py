"""Queries and retrieves with pynetdicom. Reads JSON objects from standard input, an association each, and prints one for each of them.

In: port, calling, called, tls (ca, certificate, key) or null, identity (type, primary, secondary) or null, operation (find, get, move),
model (a SOP class), identifier (values by keyword), destination, contexts (for C-GET: [class, syntaxes]), cancelAfter (answers), slow (s),
holds (a file: once associated, one with .open behind its name is made, and nothing is asked before it is there itself).
Out: rejected ([result, source, reason] or null), identityTaken, answers (status, counts, dataSet), stored (uid, syntax, sha256).
"""
import hashlib
import json
import os
import ssl
import sys
import time

from pydicom.dataset import Dataset
from pynetdicom import AE, build_role, evt
from pynetdicom.pdu import A_ASSOCIATE_RJ
from pynetdicom.pdu_primitives import UserIdentityNegotiation


def fill(dataset, values):
    """A list of objects is a sequence."""
    for keyword, value in values.items():
        is_sequence = isinstance(value, list) and all(isinstance(one, dict) for one in value)
        setattr(dataset, keyword, [fill(Dataset(), one) for one in value] if is_sequence else value)
    return dataset


def answered(asked):
    stored, answers, rejections = [], [], []
    def store(event):
        data = event.request.DataSet.getvalue()
        stored.append(
            {
                "uid": event.request.AffectedSOPInstanceUID,
                "syntax": event.context.transfer_syntax,
                "sha256": hashlib.sha256(data).hexdigest(),
            }
        )
        time.sleep(asked.get("slow", 0))
        return 0x0000

    # The association's own flags are sometimes read before they are set.
    def received(event):
        pdu = event.pdu
        if isinstance(pdu, A_ASSOCIATE_RJ):
            rejections.append([pdu.result, pdu.source, pdu.reason_diagnostic])

    ae = AE(ae_title=asked["calling"])
    ae.connection_timeout = ae.acse_timeout = 20
    ae.dimse_timeout = 60
    ae.add_requested_context(asked["model"], asked.get("syntaxes", ["1.2.840.10008.1.2.1", "1.2.840.10008.1.2"]))
    roles = []
    for sop_class, syntaxes in asked.get("contexts", []):
        ae.add_requested_context(sop_class, syntaxes)
        roles.append(build_role(sop_class, scp_role=True))
    negotiation = list({role.sop_class_uid: role for role in roles}.values())
    if asked.get("identity"):
        user = UserIdentityNegotiation()
        user.user_identity_type = asked["identity"]["type"]
        user.positive_response_requested = True
        user.primary_field = asked["identity"]["primary"].encode()
        user.secondary_field = asked["identity"].get("secondary", "").encode()
        negotiation.append(user)
    tls = None
    if asked.get("tls"):
        context = ssl.create_default_context(cafile=asked["tls"]["ca"])
        context.load_cert_chain(asked["tls"]["certificate"], asked["tls"]["key"])
        tls = (context, "localhost")
    association = ae.associate(
        "127.0.0.1",
        asked["port"],
        ae_title=asked["called"],
        ext_neg=negotiation,
        evt_handlers=[(evt.EVT_C_STORE, store), (evt.EVT_PDU_RECV, received)],
        tls_args=tls,
    )
    identity_taken = False
    if association.is_established:
        identity_taken = association.acceptor.user_identity is not None
        if asked.get("holds"):
            open(asked["holds"] + ".open", "w").close()
            while not os.path.exists(asked["holds"]):
                time.sleep(0.05)
        identifier = Dataset()
        fill(identifier, asked["identifier"])
        arguments = [identifier, asked["model"]]
        if asked["operation"] == "move":
            arguments.insert(1, asked["destination"])
        send = {"find": association.send_c_find, "get": association.send_c_get, "move": association.send_c_move}
        for status, found in send[asked["operation"]](*arguments, msg_id=7):
            answers.append(
                {
                    "status": status.get("Status"),
                    "comment": status.get("ErrorComment"),
                    "remaining": status.get("NumberOfRemainingSuboperations"),
                    "completed": status.get("NumberOfCompletedSuboperations"),
                    "failed": status.get("NumberOfFailedSuboperations"),
                    "warning": status.get("NumberOfWarningSuboperations"),
                    "dataSet": None if found is None else found.to_json_dict(),
                }
            )
            if len(answers) == asked.get("cancelAfter"):
                association.send_c_cancel(7, query_model=asked["model"])
        association.release()
    return {"rejected": rejections[0] if rejections else None, "identityTaken": identity_taken, "answers": answers, "stored": stored}


print(json.dumps([answered(asked) for asked in json.load(sys.stdin)]))
