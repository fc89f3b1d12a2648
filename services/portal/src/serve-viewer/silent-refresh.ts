/**
 * Where a hidden frame lands when the viewer's session is renewed: it hands its address to the viewer, as oidc-client-ts
 * expects. OHIF's own page of this name loads a script from a public host.
 */
export const SILENT_REFRESH_PAGE =
  '<!doctype html><meta charset="utf-8"><title>影联</title><script src="/silent-refresh.js"></script>';

export const SILENT_REFRESH_SCRIPT = `parent.postMessage({ source: 'oidc-client', url: location.href, keepOpen: false }, location.origin);
`;
