import type { NamedBytes } from '@yinglian/dicom';

/**
 * SOP Instance UIDs under which the registry has what was never sent, or has nothing. Of what was sent with several bytes under
 * one UID each counts: which of them is registered, a steward decides (ADR 0018).
 */
export function differingInstances(sent: readonly NamedBytes[], registered: readonly NamedBytes[]): string[] {
  const known = Map.groupBy(sent, ({ sopInstanceUid }) => sopInstanceUid);
  const present = new Set(registered.map(({ sopInstanceUid }) => sopInstanceUid));
  const wrong = registered.filter(
    ({ sopInstanceUid, dataSetSha256 }) =>
      !known.get(sopInstanceUid)?.some((version) => version.dataSetSha256 === dataSetSha256),
  );
  const absent = [...known.keys()].filter((uid) => !present.has(uid));
  return [...new Set([...wrong.map(({ sopInstanceUid }) => sopInstanceUid), ...absent])];
}
