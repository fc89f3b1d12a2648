import { Uid } from '@yinglian/contracts';
import { z } from 'zod';

/** UIDs in the address of an instance (PS3.18 section 10.1.1). */
export const InstanceAddress = z.object({ studyUid: Uid, seriesUid: Uid, sopInstanceUid: Uid });
export type InstanceAddress = z.output<typeof InstanceAddress>;

/** UIDs in the address of a study, of one of its series, or of one of its instances. */
export const ResourceAddress = InstanceAddress.partial({ seriesUid: true, sopInstanceUid: true });
export type ResourceAddress = z.output<typeof ResourceAddress>;

/** The same, as of a version of the study where there is one (`VersionParameter`). */
export type VersionedAddress = ResourceAddress & { readonly version?: number | undefined };

/** Addresses of a study, its series and their instances below a study's, each with a suffix. */
export const resourcesWith = (suffix: string): string[] =>
  ['', 'series/:seriesUid/', 'series/:seriesUid/instances/:sopInstanceUid/'].map((path) =>
    `${path}${suffix}`.replace(/\/$/, ''),
  );
