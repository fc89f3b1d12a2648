import { S3Client } from '@aws-sdk/client-s3';

export interface S3Settings {
  readonly bucket: string;
  /** Before all keys, with a slash behind; empty for none. */
  readonly prefix: string;
  /** Of a server that is not Amazon's; buckets are then named in the path. */
  readonly endpoint?: string;
  /** Region and credentials come from the SDK's own environment variables and files unless told. */
  readonly region?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly patience?: S3Patience;
}

export interface S3Patience {
  /** For a connection. */
  readonly connectMs: number;
  /** From the last byte of a request to the first of its answer, with the request's own way. */
  readonly answerMs: number;
  /** Between two pieces of an answer. */
  readonly silenceMs: number;
  /** How often a request is made in all, and how often an object that breaks off in the middle is gone on with. */
  readonly attempts: number;
}

const PATIENCE: S3Patience = { connectMs: 5_000, answerMs: 60_000, silenceMs: 30_000, attempts: 5 };
/** One per answer under way; the SDK's 50 would be taken by those that wait for slow readers. */
const CONNECTIONS = 256;

export const patienceOf = ({ patience = PATIENCE }: S3Settings): S3Patience => patience;

export function s3Client(settings: S3Settings): S3Client {
  const { connectMs, answerMs, attempts } = patienceOf(settings);
  const { region, endpoint, credentials } = settings;
  return new S3Client({
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    ...(credentials === undefined ? {} : { credentials }),
    maxAttempts: attempts,
    requestHandler: {
      connectionTimeout: connectMs,
      requestTimeout: answerMs,
      throwOnRequestTimeout: true,
      httpAgent: { maxSockets: CONNECTIONS, keepAlive: true },
      httpsAgent: { maxSockets: CONNECTIONS, keepAlive: true },
    },
  });
}
