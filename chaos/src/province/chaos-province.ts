import { chmod, cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FaultyLine, freeRange, type Province, type SmallDisk, smallDisk, startProvince } from '@yinglian/testing';
import { Clocks } from './clocks.js';

/** Spools are freed all the time; this is what gateways may be behind. */
const SPOOL_DISK_MIB = 4096;

/** A province as `npm start` starts it, with what can go wrong put around it. */
export interface ChaosProvince {
  readonly province: Province;
  /** Of all that the run writes; the province's home is in it. */
  readonly folder: string;
  /** Between all gateways and the edge. */
  readonly line: FaultyLine;
  readonly clocks: Clocks;
  /** The file system under all spools; undefined where none may be mounted. */
  readonly spoolDisk: SmallDisk | undefined;
  /** Ends it. Resolves with the folder of what it leaves for whoever has to find out, when it is to leave that. */
  stop(leaves: 'everything' | 'nothing'): Promise<string | undefined>;
}

export async function startChaosProvince(events: 'postgres' | 'kafka'): Promise<ChaosProvince> {
  const folder = await mkdtemp(join(tmpdir(), 'yinglian-chaos-'));
  // PostgreSQL runs under another account when this one is root.
  await chmod(folder, 0o711);
  const home = join(folder, 'home');
  const spools = join(home, 'gateways');
  await mkdir(spools, { recursive: true, mode: 0o711 });
  const spoolDisk = smallDisk(SPOOL_DISK_MIB, spools);
  const edgePort = await freeRange(2);
  const line = await FaultyLine.to(edgePort);
  const clocks = await Clocks.in(join(folder, 'clocks'));
  const putAway = async (leaves: 'everything' | 'nothing') => {
    await line.stop();
    if (leaves === 'everything' && spoolDisk !== undefined)
      await cp(spools, join(folder, 'spools'), { recursive: true });
    spoolDisk?.remove();
    if (leaves === 'everything') return folder;
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    return undefined;
  };
  try {
    const province = await startProvince({
      home,
      events,
      environment: {
        ...clocks.environment,
        YINGLIAN_PORT: String(edgePort),
        YINGLIAN_PROVINCE_URL: `http://127.0.0.1:${line.port}`,
        // A disk is full when nothing can be written, not before.
        SPOOL_MIN_FREE_BYTES: '0',
      },
    });
    return {
      province,
      folder,
      line,
      clocks,
      spoolDisk,
      stop: async (leaves) => {
        await province.stop();
        return putAway(leaves);
      },
    };
  } catch (error) {
    await putAway('nothing');
    throw error;
  }
}
