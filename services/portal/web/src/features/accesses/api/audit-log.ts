import { useMutation, useQuery } from '@tanstack/react-query';
import { Problem } from '@yinglian/web/browser';
import { ask, askJson } from '../../../http/ask.js';
import { saveFile } from '../../../http/save-file.js';
import type { Witness } from '../domain/watching.js';

const LOG = '/api/consent-audit/log';
const LOOK_AGAIN_MS = 15_000;

export interface Seal {
  readonly records: number;
  /** The beginning of the root, enough for people to compare. */
  readonly fingerprint: string;
  readonly sealedAt: string | null;
}

/** What was signed of the audit log last; null before the first record. */
export const useSeal = () =>
  useQuery({
    queryKey: ['audit-log', 'seal'],
    queryFn: ({ signal }) => readSeal(signal),
    refetchInterval: LOOK_AGAIN_MS,
  });

/** What hospitals' gateways signed of it. */
export const useWitnesses = () =>
  useQuery({
    queryKey: ['audit-log', 'witnesses'],
    queryFn: async ({ signal }) =>
      (await askJson<{ witnesses: readonly Witness[] }>(`${LOG}/witnesses`, { signal })).witnesses,
    refetchInterval: LOOK_AGAIN_MS,
  });

export const useExport = () =>
  useMutation({
    mutationFn: async () => {
      const answer = await ask(`${LOG}/export`, { purpose: 'HOPERAT' });
      saveFile(await answer.blob(), `audit-log-${new Date().toISOString().slice(0, 10)}.ndjson`);
    },
  });

async function readSeal(signal: AbortSignal): Promise<Seal | null> {
  try {
    const note = await (await ask(`${LOG}/checkpoint`, { signal })).text();
    const [, records = '', root = ''] = note.split('\n');
    const sealedAt = /^sealed (\S+)$/m.exec(note)?.[1] ?? null;
    return { records: Number(records), fingerprint: root.slice(0, 12), sealedAt };
  } catch (error) {
    if (error instanceof Problem && error.code === 'LOG_NOT_SEALED') return null;
    throw error;
  }
}
