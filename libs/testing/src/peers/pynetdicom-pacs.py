"""A PACS with one study that misbehaves at the first C-MOVE and behaves from the second on.

pynetdicom-pacs.py <fails|drops> <own port> <destination port> <files …>: prints LISTENING, then MOVE for each C-MOVE.
"""
import sys

from pydicom import dcmread
from pydicom.dataset import Dataset
from pynetdicom import AE, StoragePresentationContexts, evt
from pynetdicom.sop_class import StudyRootQueryRetrieveInformationModelFind as Find
from pynetdicom.sop_class import StudyRootQueryRetrieveInformationModelMove as Move

mode, port, destination, *paths = sys.argv[1:]
files = [dcmread(path) for path in paths]
moves = 0


def find(event):
    asked = event.identifier
    if asked.QueryRetrieveLevel == "STUDY":
        answer = Dataset()
        answer.QueryRetrieveLevel = "STUDY"
        answer.StudyInstanceUID = files[0].StudyInstanceUID
        yield 0xFF00, answer
    elif asked.QueryRetrieveLevel == "SERIES":
        answer = Dataset()
        answer.QueryRetrieveLevel = "SERIES"
        answer.SeriesInstanceUID = files[0].SeriesInstanceUID
        yield 0xFF00, answer
    else:
        for file in files:
            answer = Dataset()
            answer.QueryRetrieveLevel = "IMAGE"
            answer.SOPInstanceUID = file.SOPInstanceUID
            yield 0xFF00, answer


def move(event):
    global moves
    moves += 1
    print("MOVE", flush=True)
    if moves == 1 and mode == "drops":
        event.assoc.abort()
        return
    yield "127.0.0.1", int(destination), {"contexts": StoragePresentationContexts[:100]}
    yield len(files)
    for place, file in enumerate(files):
        if moves == 1 and place == 1:
            yield 0xA702, None
            return
        yield 0xFF00, file


ae = AE(ae_title="PACS")
ae.add_supported_context(Find)
ae.add_supported_context(Move)
ae.requested_contexts = StoragePresentationContexts[:100]
ae.start_server(("127.0.0.1", int(port)), block=False, evt_handlers=[(evt.EVT_C_FIND, find), (evt.EVT_C_MOVE, move)])
print("LISTENING", flush=True)
sys.stdin.read()
ae.shutdown()
