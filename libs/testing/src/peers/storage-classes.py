"""Prints what pydicom's dictionary of UIDs (PS3.6) and pynetdicom know: storage classes, and SOP classes that are none."""
import json

from pydicom._uid_dict import UID_dictionary
from pynetdicom import AllStoragePresentationContexts

storage = {str(context.abstract_syntax) for context in AllStoragePresentationContexts}
# SR storage trials and the like are retired, and are stored all the same.
named = {
    uid: entry[0]
    for uid, entry in UID_dictionary.items()
    if entry[1] == "SOP Class"
}
print(json.dumps({"storage": sorted(storage), "classes": named}))
