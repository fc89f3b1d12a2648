import { createHash } from 'node:crypto';

/**
 * The viewer's content security policy. OHIF's page has scripts of its own in it, each allowed by its hash; its decoders
 * are WebAssembly in workers. It talks to its own origin and, for signing in, to the portal's.
 */
export function viewerPolicy(page: string, publicOrigin: string): string {
  const hashes = [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
    ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  );
  return [
    "default-src 'none'",
    `script-src 'self' 'wasm-unsafe-eval' blob: ${hashes.join(' ')}`,
    "worker-src 'self' blob:",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self' data:",
    `connect-src 'self' data: blob: ${publicOrigin}`,
    "manifest-src 'self'",
    // A PDF within a study is shown in a frame; a session is renewed in another.
    `frame-src 'self' blob: ${publicOrigin}`,
    "frame-ancestors 'self'",
    `form-action 'self' ${publicOrigin}`,
    "base-uri 'none'",
  ].join('; ');
}
