"""Verifies a peer over TLS with pynetdicom: python pynetdicom-tls.py PORT CALLED CALLING CA VERSION [CERTIFICATE KEY]

VERSION is 1.2 or 1.3. Prints one JSON object: the status of C-ECHO, or null when there was no association, and what TLS agreed on.
"""
import json
import ssl
import sys

from pynetdicom import AE

port, called, calling, authority, version = int(sys.argv[1]), *sys.argv[2:6]
context = ssl.create_default_context(cafile=authority)
wanted = {"1.1": ssl.TLSVersion.TLSv1_1, "1.2": ssl.TLSVersion.TLSv1_2, "1.3": ssl.TLSVersion.TLSv1_3}[version]
context.set_ciphers("ALL:@SECLEVEL=0")
context.minimum_version = context.maximum_version = wanted
if len(sys.argv) > 6:
    context.load_cert_chain(sys.argv[6], sys.argv[7])
ae = AE(ae_title=calling)
ae.connection_timeout = ae.acse_timeout = 10
ae.add_requested_context("1.2.840.10008.1.1")
association = ae.associate("127.0.0.1", port, ae_title=called, tls_args=(context, "localhost"))
status, cipher = None, None
if association.is_established:
    cipher = association.dul.socket.socket.cipher()[0]
    status = association.send_c_echo().get("Status")
    association.release()
print(json.dumps({"status": status, "cipher": cipher}))
