import { join } from 'node:path';
import { AeTitle, smallCellsShape, Uid } from '@yinglian/contracts';
import { messagingShape } from '@yinglian/messaging';
import { bucketOf, folderOf, type ObjectStoreSettings } from '@yinglian/objects';
import { databaseShape } from '@yinglian/persistence';
import { defineConfig } from '@yinglian/platform';
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65535);
const file = z.string().min(1).optional();

export const objectStoreShape = {
  OBJECTS_FOLDER: z
    .string()
    .min(1)
    .describe(
      'Folder of the object store: packs and what is derived from them. With OBJECTS_URL, of what waits to be uploaded',
    ),
  OBJECTS_URL: z
    .string()
    .refine((url) => bucketOf(url) !== undefined, 'it is s3://bucket or s3://bucket/prefix')
    .optional()
    .describe(
      'Bucket that keeps the objects instead: `s3://bucket` or `s3://bucket/prefix`. Its region and credentials come from the variables of the AWS SDK: AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and others',
    ),
  OBJECTS_S3_ENDPOINT: z
    .url()
    .optional()
    .describe('Address of an S3 server that is not Amazon’s; buckets are named in the path'),
};

export const studyRegistryConfig = defineConfig('study-registry', {
  ...databaseShape,
  ...messagingShape,
  ...objectStoreShape,
  ...smallCellsShape,
  REPLICA_URL: z
    .string()
    .refine(
      (url) => bucketOf(url) !== undefined || folderOf(url) !== undefined,
      'it is file:///folder or s3://bucket/prefix',
    )
    .optional()
    .describe(
      'Second store that packs are copied to and healed from: `file:///folder`, `s3://bucket` or `s3://bucket/prefix`; without it there is none',
    ),
  REPLICA_S3_ENDPOINT: z.url().optional().describe('Address of the replica’s S3 server, when it is not Amazon’s'),
  SCRUB_BYTES_PER_SECOND: z.coerce
    .number()
    .int()
    .min(1_000)
    .default(10_000_000)
    .describe('How fast packs are read again to see that they are what they were, both stores together'),
  SCRUB_PERIOD_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .default(30)
    .describe('Days within which each pack should be read again, as far as SCRUB_BYTES_PER_SECOND suffices'),
  DISPOSAL_GRACE_DAYS: z.coerce
    .number()
    .int()
    .min(0)
    .default(30)
    .describe(
      'Days between the registration of a disposal and the destruction of the study, in which it can be taken back',
    ),
  RECOMPRESS_AFTER_DAYS: z
    .union([z.literal('never'), z.coerce.number().int().min(1)])
    .optional()
    .describe(
      'Days after which packs are stored compact, without loss of a byte; with `never` those that are compact are stored as they came again; without it all stay as they are',
    ),
  RECOMPRESS_BYTES_PER_SECOND: z.coerce
    .number()
    .int()
    .min(1_000)
    .default(10_000_000)
    .describe('How fast packs are read to be stored compact, and read again to see that they are'),
  PULL_WAIT_MS: z.coerce
    .number()
    .int()
    .min(1)
    .default(15_000)
    .describe(
      'How long a reader waits for images that are at their hospital to come, and then for more of them, in milliseconds',
    ),
  PULLED_KEEP_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .optional()
    .describe(
      'Days after which packs are let go that came from a hospital that keeps its pixels, were not read since, and are there still; without it they stay',
    ),
  PULLED_KEEP_BYTES: z.coerce
    .number()
    .int()
    .min(0)
    .optional()
    .describe(
      'Bytes of such packs for which there is room; beyond them those that were read longest ago are let go, though none of the last day. Without it there is room for all',
    ),
  HOSPITALS_UTC_OFFSET: z
    .string()
    .regex(/^[+-]([01]\d|2[0-3]):[0-5]\d$/)
    .default('+08:00')
    .describe('Zone of the dates and times that hospitals write without one, as an offset from UTC'),
  STOW_IDLE_MS: z.coerce
    .number()
    .int()
    .min(1)
    .default(30_000)
    .describe('Silence of a program that stores, after which its request is dropped, in milliseconds'),
  STOW_QUIET_MS: z.coerce
    .number()
    .int()
    .min(1)
    .default(60_000)
    .describe(
      'Quiet after which a study that programs stored something of at the registry is held for complete, in milliseconds',
    ),
  RETRIEVE_LOCATION_UID: Uid.default('1.2.826.0.1.3680043.10.1561.2').describe(
    'Retrieve Location UID (0040,E011) of this province in manifests; each province needs its own',
  ),
  MANIFEST_INSTITUTION: z
    .string()
    .min(1)
    .max(64)
    .default('Yinglian')
    .describe('Institution Name (0008,0080) of whoever makes manifests'),
  DIMSE_AE_TITLE: AeTitle.default('YINGLIAN').describe('AE title under which workstations query and retrieve (DIMSE)'),
  DIMSE_TLS_PORT: port
    .optional()
    .describe('Port for workstations over TLS (the registered one is 2762); without it there is none'),
  DIMSE_TLS_KEY_FILE: file.describe('Private key for DIMSE_TLS_PORT, and towards workstations, PEM'),
  DIMSE_TLS_CERTIFICATE_FILE: file.describe('Its certificate, with the chain, PEM'),
  DIMSE_TLS_CA_FILE: file.describe('Authorities that certify workstations, or their certificates themselves, PEM'),
  DIMSE_PORT: port
    .optional()
    .describe('Port for workstations without TLS, of those that the directory lets come so; without it there is none'),
  DIMSE_HOST: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('Address that DIMSE_PORT listens on: this machine only unless told'),
  DIMSE_MAX_ASSOCIATIONS: z.coerce
    .number()
    .int()
    .min(1)
    .default(32)
    .describe('Associations of workstations at the same time'),
  DIMSE_IDLE_MS: z.coerce
    .number()
    .int()
    .min(1)
    .default(60_000)
    .describe('Silence of a workstation after which an association is aborted, in milliseconds'),
});
export type StudyRegistryConfig = ReturnType<typeof studyRegistryConfig.load>;

export const objectStoreSettings = (
  config: Pick<StudyRegistryConfig, keyof typeof objectStoreShape>,
): ObjectStoreSettings => ({
  folder: config.OBJECTS_FOLDER,
  url: config.OBJECTS_URL,
  endpoint: config.OBJECTS_S3_ENDPOINT,
});

/** Undefined without a replica. What is on its way to a bucket waits beside what is on its way to the primary store. */
export const replicaSettings = ({
  OBJECTS_FOLDER,
  REPLICA_URL,
  REPLICA_S3_ENDPOINT,
}: StudyRegistryConfig): (ObjectStoreSettings & { readonly url: string }) | undefined =>
  REPLICA_URL === undefined
    ? undefined
    : { folder: join(OBJECTS_FOLDER, 'to-replica'), url: REPLICA_URL, endpoint: REPLICA_S3_ENDPOINT };
