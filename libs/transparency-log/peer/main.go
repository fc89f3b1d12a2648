// Verifies what this library proves with the packages that Go's own checksum database is verified with, golang.org/x/mod/sumdb.
package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
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
	// Keys of witnesses, each of whom has to have signed the checkpoint.
	WitnessKeys []string `json:"witnessKeys"`
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
	for _, key := range asked.WitnessKeys {
		open(asked.Checkpoint, note.VerifierList(witness(key)))
	}
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

// A witness as C2SP tlog-cosignature has it, whose type note does not know.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func witness(text string) note.Verifier {
	parts := strings.SplitN(text, "+", 3)
	if len(parts) != 3 {
		fail(fmt.Errorf("no key of a witness"))
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 1+ed25519.PublicKeySize || key[0] != 0x04 {
		fail(fmt.Errorf("no key of a witness"))
	}
	id := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	return cosigner{parts[0], binary.BigEndian.Uint32(id[:]), key[1:]}
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.hash }

func (c cosigner) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	signed := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(signature), text)
	return ed25519.Verify(c.key, []byte(signed), signature[8:])
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
