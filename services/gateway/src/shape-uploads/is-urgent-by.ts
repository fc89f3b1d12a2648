import type { UploadSettings } from './upload-settings.js';

/** Whether the hospital calls an instance urgent for what its sender is, or asked for. */
export const isUrgentBy = (
  { callingAeTitles, byPriority }: UploadSettings['emergency'],
  instance: { readonly callingAeTitle: string | null; readonly isHighPriority?: boolean | undefined },
): boolean =>
  (byPriority && instance.isHighPriority === true) ||
  (instance.callingAeTitle !== null && callingAeTitles.includes(instance.callingAeTitle));
