"""Sends one HL7 v2 message with python-hl7 and reads so many answers: python hl7-enhanced.py PORT ANSWERS < message (UTF-8)

Prints one JSON object an answer: what python-hl7 reads in it.
"""
import json
import socket
import sys

import hl7
from hl7.client import EB, CR, SB, read_stream

port, answers = int(sys.argv[1]), int(sys.argv[2])
with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
    connection.sendall(SB + sys.stdin.buffer.read() + EB + CR)
    for answer, _ in zip(read_stream(connection.makefile("rb", 0)), range(answers)):
        message = hl7.parse(answer.decode("utf-8"))
        header, msa = message.segment("MSH"), message.segment("MSA")
        conditions = [str(header[field]) for field in (15, 16)] if len(header) > 16 else []
        print(json.dumps({"code": str(msa[1]), "controlId": str(msa[2]), "conditions": conditions}))
