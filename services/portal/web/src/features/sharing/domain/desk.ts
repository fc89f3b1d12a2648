import type { AtDesk, Speaker } from './sharing.js';

/** What a clerk has chosen and typed so far. */
export interface DeskFields {
  readonly speaker: Speaker;
  readonly identity?: AtDesk['identity'];
  readonly proof?: string;
  readonly reference?: string;
  readonly deathCertificate?: string;
}

const SHORTEST = 3;

/** What a clerk has seen before anything is taken down; null while something is missing. */
export function readDesk({
  speaker,
  identity,
  proof,
  reference = '',
  deathCertificate = '',
}: DeskFields): AtDesk | null {
  if (identity === undefined) return null;
  if (speaker === 'patient') return { identity, by: { kind: speaker } };
  if (proof === undefined || reference.trim().length < SHORTEST) return null;
  const shown = { kind: proof, reference: reference.trim() };
  if (speaker !== 'heir') return { identity, by: { kind: speaker, proof: shown } };
  if (deathCertificate.trim().length < SHORTEST) return null;
  return { identity, by: { kind: speaker, proof: { ...shown, deathCertificate: deathCertificate.trim() } } };
}
