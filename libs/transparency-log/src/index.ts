export { grownTiles } from './merkle-tree/grow-tree.js';
export { EMPTY_ROOT, HASH_BYTES, leafHash, nodeHash } from './merkle-tree/hashes.js';
export { consistencyProof, inclusionProof, rootOf } from './merkle-tree/merkle-tree.js';
export { edgeTiles, TILE_WIDTH, type Tile, type TileId, type TileReader } from './merkle-tree/tiles.js';
export { includes, isConsistent } from './merkle-tree/verify-proofs.js';
export { type Checkpoint, openCheckpoint, signCheckpoint } from './signed-note/checkpoint.js';
export { noteSigner, noteVerifier, verifierKey } from './signed-note/note-keys.js';
export { NoteRefused, type NoteSigner, type NoteVerifier, openNote, signNote } from './signed-note/signed-note.js';
