// Verifies what this library proves with the packages that Go's own checksum database is verified with, golang.org/x/mod/sumdb.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type question struct {
	VerifierKeys []string `json:"verifierKeys"`
	// A checkpoint of the log, and one of before.
	Checkpoint string `json:"checkpoint"`
	Earlier    string `json:"earlier"`
	// A record, its place, and the proofs: hashes in base64.
	Record      []byte      `json:"record"`
	Index       int64       `json:"index"`
	Inclusion   []tlog.Hash `json:"inclusion"`
	Consistency []tlog.Hash `json:"consistency"`
}

func main() {
	var asked question
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		fail(err)
	}
	verifiers := trusted(asked.VerifierKeys)
	size, root := open(asked.Checkpoint, verifiers)
	if err := tlog.CheckRecord(asked.Inclusion, size, root, asked.Index, tlog.RecordHash(asked.Record)); err != nil {
		fail(err)
	}
	earlierSize, earlierRoot := open(asked.Earlier, verifiers)
	if err := tlog.CheckTree(asked.Consistency, size, root, earlierSize, earlierRoot); err != nil {
		fail(err)
	}
	fmt.Println("verified")
}

func trusted(keys []string) note.Verifiers {
	var verifiers []note.Verifier
	for _, key := range keys {
		verifier, err := note.NewVerifier(key)
		if err != nil {
			fail(err)
		}
		verifiers = append(verifiers, verifier)
	}
	return note.VerifierList(verifiers...)
}

func open(checkpoint string, verifiers note.Verifiers) (int64, tlog.Hash) {
	opened, err := note.Open([]byte(checkpoint), verifiers)
	if err != nil {
		fail(err)
	}
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		fail(err)
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		fail(err)
	}
	return size, root
}

func fail(err error) {
	fmt.Println(err)
	os.Exit(1)
}
