const DEEPEST = 64;

/** Every BulkDataURI in metadata that are refused: what comes to them is not unknown. */
export function referencedUris(json: unknown, depth = 0): string[] {
  if (typeof json !== 'object' || json === null || depth > DEEPEST) return [];
  const own: unknown = Reflect.get(json, 'BulkDataURI');
  return [
    ...(typeof own === 'string' ? [own] : []),
    ...Object.values(json).flatMap((each) => referencedUris(each, depth + 1)),
  ];
}
