import type { LinkState } from '../upload-packs/upload-link.js';
import type { LinkStatus } from './gateway-status.js';

export const linkStatus = (link: LinkState): LinkStatus => ({
  name: link.name,
  state: link.state,
  uploading: link.uploading,
  megabitsPerSecond: link.megabitsPerSecond ?? null,
  bytesPerSecond: link.bytesPerSecond,
  bytesToday: link.bytesToday,
  lastSuccessAt: link.lastSuccessAt ?? null,
  lastFailureAt: link.lastFailureAt ?? null,
  lastFailure: link.lastFailure ?? null,
  failuresInARow: link.failuresInARow,
});
