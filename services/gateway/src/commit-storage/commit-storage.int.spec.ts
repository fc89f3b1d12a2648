import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { freePort } from '@yinglian/servers';
import {
  CT_IMAGE_STORAGE,
  type CtSeries,
  ctSeries,
  fileOf,
  machineHas,
  peerScript,
  peersPython,
  TestAuthority,
} from '@yinglian/testing';
import { eventually, TestGateway } from '../testing/test-gateway.js';

jest.setTimeout(60_000);

const MR_IMAGE_STORAGE = '1.2.840.10008.5.1.4.1.1.4';
const NO_SUCH_INSTANCE = 0x0112;
const CLASS_INSTANCE_CONFLICT = 0x0119;
const PROCESSING_FAILURE = 0x0110;
const REFUSED = { status: 422, code: 'PACK_MALFORMED' };
const AWAY = { status: 503 };

interface Plan {
  readonly store?: readonly string[];
  readonly ask?: readonly (readonly [sopClass: string, sopInstance: string])[];
  readonly transaction?: string;
  readonly action?: number;
  readonly release?: boolean;
  readonly reports?: number;
  readonly tls?: readonly [authority: string, certificate: string, key: string];
}

/** pynetdicom as a modality; `said` grows as it speaks. */
class Modality {
  readonly said: unknown[] = [];
  private constructor(
    private readonly child: ChildProcess,
    private readonly plan: Plan,
  ) {}

  static start(port: number, listen: number, plan: Plan, aeTitle = 'PYNETDICOM'): Modality {
    const args = [peerScript('pynetdicom-commit.py'), String(port), 'H001GW', aeTitle, String(listen)];
    const child = spawn(peersPython, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    const modality = new Modality(child, plan);
    child.stdin.end(JSON.stringify(plan));
    createInterface(child.stdout).on('line', (line) => modality.said.push(JSON.parse(line)));
    return modality;
  }

  async hear(count: number): Promise<unknown[]> {
    await eventually(`the modality said ${count} things`, async () => this.said.length >= count);
    return this.said;
  }

  private get hasHeardAll(): boolean {
    const { ask, reports = 0 } = this.plan;
    return reports > 0 && this.said.length >= reports + (ask === undefined ? 0 : 1);
  }

  /** It has heard what it waited for, and has answered. */
  async ended(): Promise<void> {
    if (this.child.exitCode === null) await once(this.child, 'exit');
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    // What it has heard it answers: a report without an answer would come again, to whoever asks next.
    if (this.hasHeardAll) return this.ended();
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
  }
}

(machineHas('pydicom') ? describe : describe.skip)('storage commitment with a modality', () => {
  let gateway: TestGateway;
  let folder: string;
  let authority: TestAuthority;
  let listen: number;
  let listenSecurely: number;
  let asked = 0;
  const modalities: Modality[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-commit-'));
    authority = await TestAuthority.create();
    const own = await authority.issue('gateway');
    [listen, listenSecurely] = [await freePort(), await freePort()];
    const devices = [
      { aeTitle: 'PYNETDICOM', host: '127.0.0.1', port: listen },
      { aeTitle: 'DCMSEND', host: '127.0.0.1', port: listenSecurely, tls: true },
    ];
    await writeFile(join(folder, 'hospital.json'), JSON.stringify({ devices }));
    gateway = await TestGateway.start({
      HOSPITAL_FILE: join(folder, 'hospital.json'),
      DICOM_TLS_KEY_FILE: own.key,
      DICOM_TLS_CERTIFICATE_FILE: own.certificate,
      DICOM_TLS_CA_FILE: authority.certificate,
    });
  });
  afterEach(async () => {
    await Promise.all(modalities.splice(0).map((modality) => modality.stop()));
    gateway.province.registryAnswers = [];
  });
  afterAll(async () => {
    await gateway.stop();
    await authority.remove();
    await rm(folder, { recursive: true, force: true });
  });

  const modality = (plan: Plan, listening = 0, aeTitle?: string) => {
    const started = Modality.start(gateway.dicomPort, listening, plan, aeTitle);
    modalities.push(started);
    return started;
  };
  const filesOf = (series: CtSeries) =>
    Promise.all(
      series.slices.map(async (slice) => {
        const path = join(folder, `${slice.sopInstanceUid}.dcm`);
        await writeFile(path, fileOf(slice));
        return path;
      }),
    );
  const namesOf = (series: CtSeries) =>
    series.slices.map(({ sopInstanceUid }) => [CT_IMAGE_STORAGE, sopInstanceUid] as const);
  const transaction = () => {
    asked += 1;
    return `1.2.3.${asked}`;
  };
  const atRegistry = async (series: CtSeries) =>
    (await gateway.province.instances()).filter(
      ({ manifest }) => manifest.seriesInstanceUid === series.seriesInstanceUid,
    );

  it('is reported on the same association, and not before the registry has committed', async () => {
    gateway.province.registryAnswers = [AWAY];
    const series = ctSeries(3);
    const uid = transaction();
    const plan = { store: await filesOf(series), ask: namesOf(series), transaction: uid, reports: 1 };
    const device = modality(plan);
    expect(await device.hear(1)).toEqual([{ action: 0 }]);
    const { puts } = gateway.province;
    await eventually('the registry was asked again', async () => gateway.province.puts > puts);
    expect(device.said).toEqual([{ action: 0 }]);
    gateway.province.registryAnswers = [];
    expect((await device.hear(2))[1]).toEqual({
      via: 'same',
      type: 1,
      transaction: uid,
      committed: namesOf(series).map((names) => [...names]),
      failed: [],
    });
    expect(await atRegistry(series)).toHaveLength(3);
  });

  it('is reported to the address of a device that has gone, with the gateway as the provider', async () => {
    const series = ctSeries(2);
    const uid = transaction();
    const plan = { store: await filesOf(series), ask: namesOf(series), transaction: uid, release: true, reports: 1 };
    const device = modality(plan, listen);
    await device.ended();
    expect(device.said).toEqual([
      { action: 0 },
      { via: 'new', type: 1, transaction: uid, committed: namesOf(series).map((names) => [...names]), failed: [] },
    ]);
  });

  it('is reported over TLS to a device that listens so, with the certificate of the gateway', async () => {
    const { certificate, key } = await authority.issue('device');
    const tls = [authority.certificate, certificate, key] as const;
    const ask = [[CT_IMAGE_STORAGE, '1.2.3.4']] as const;
    const uid = transaction();
    const plan = { ask, transaction: uid, release: true, reports: 1, tls };
    const device = modality(plan, listenSecurely, 'DCMSEND');
    await device.ended();
    const failed = [[CT_IMAGE_STORAGE, '1.2.3.4', NO_SUCH_INSTANCE]];
    expect(device.said).toEqual([{ action: 0 }, { via: 'new', type: 2, transaction: uid, committed: [], failed }]);
  });

  it('survives SIGKILL between request and report', async () => {
    gateway.province.registryAnswers = [AWAY];
    const series = ctSeries(2);
    const uid = transaction();
    const device = modality({ store: await filesOf(series), ask: namesOf(series), transaction: uid, release: true });
    expect(await device.hear(1)).toEqual([{ action: 0 }]);
    await gateway.kill('SIGKILL');
    gateway.province.registryAnswers = [];
    await gateway.run();
    await eventually('the instances are at the registry', async () => (await atRegistry(series)).length === 2);
    const later = modality({ reports: 1 }, listen);
    await later.ended();
    expect(later.said).toEqual([
      { via: 'new', type: 1, transaction: uid, committed: namesOf(series).map((names) => [...names]), failed: [] },
    ]);
  });

  it('says of a pack whose answer was lost in a crash what the registry says of it', async () => {
    const series = ctSeries(1);
    gateway.province.quarantined = [series.seriesInstanceUid];
    gateway.province.losesAnswers = 1_000;
    await gateway.storescu(await filesOf(series));
    await eventually('the registry has it', async () => (await atRegistry(series)).length === 1);
    await gateway.kill('SIGKILL');
    gateway.province.losesAnswers = 0;
    await gateway.run();
    await eventually('the spool is free', async () => (await gateway.segments()).length === 0);
    const device = modality({ ask: namesOf(series), transaction: transaction(), reports: 1 });
    expect((await device.hear(2))[1]).toMatchObject({
      type: 2,
      failed: namesOf(series).map((names) => [...names, PROCESSING_FAILURE]),
    });
  });

  it('fails with the reasons of the standard, for each instance alone', async () => {
    const [good, refused, aside] = [ctSeries(1), ctSeries(1), ctSeries(2)];
    const send = async (series: CtSeries) => {
      await gateway.storescu(await filesOf(series));
      await eventually('the spool is free', async () => (await gateway.segments()).length === 0);
    };
    await send(good);
    gateway.province.registryAnswers = [REFUSED];
    await send(refused);
    gateway.province.registryAnswers = [];
    gateway.province.quarantined = [aside.seriesInstanceUid];
    await send(aside);
    const uidOf = ({ slices }: CtSeries, place = 0) => slices[place]?.sopInstanceUid ?? '';
    const uid = transaction();
    const ask = [
      [CT_IMAGE_STORAGE, uidOf(good)],
      [MR_IMAGE_STORAGE, uidOf(good)],
      [CT_IMAGE_STORAGE, uidOf(refused)],
      [CT_IMAGE_STORAGE, uidOf(aside)],
      [CT_IMAGE_STORAGE, uidOf(aside, 1)],
      [CT_IMAGE_STORAGE, '1.2.3.4.5'],
    ] as const;
    const device = modality({ ask, transaction: uid, reports: 1 });
    expect(await device.hear(2)).toEqual([
      { action: 0 },
      {
        via: 'same',
        type: 2,
        transaction: uid,
        committed: [
          [CT_IMAGE_STORAGE, uidOf(good)],
          [CT_IMAGE_STORAGE, uidOf(aside, 1)],
        ],
        failed: [
          [MR_IMAGE_STORAGE, uidOf(good), CLASS_INSTANCE_CONFLICT],
          [CT_IMAGE_STORAGE, uidOf(refused), PROCESSING_FAILURE],
          [CT_IMAGE_STORAGE, uidOf(aside), PROCESSING_FAILURE],
          [CT_IMAGE_STORAGE, '1.2.3.4.5', NO_SUCH_INSTANCE],
        ],
      },
    ]);
  });

  it('refuses other actions, and requests without a list', async () => {
    const ask = [[CT_IMAGE_STORAGE, '1.2.3']] as const;
    expect(await modality({ ask, transaction: '1.2', action: 2, release: true }).hear(1)).toEqual([{ action: 0x0123 }]);
    expect(await modality({ ask: [], transaction: '1.2', release: true }).hear(1)).toEqual([{ action: 0x0115 }]);
  });

  it('makes it certain that a study is complete, when all that is asked for is here', async () => {
    gateway.province.registryAnswers = [AWAY];
    const series = ctSeries(2);
    const plan = { store: await filesOf(series), ask: namesOf(series), transaction: transaction(), release: true };
    await modality(plan).ended();
    const told = async () =>
      (await gateway.events()).filter(
        ({ type, data }) => type === 'study.received.v2' && data.studyInstanceUid === series.studyInstanceUid,
      );
    await eventually('the study is told of', async () => (await told()).length > 0);
    expect((await told()).at(-1)?.data).toMatchObject({
      instances: 2,
      reason: 'COMMITMENT_REQUESTED',
      confidence: 'certain',
      expected: 2,
      missing: 0,
    });
  });
});
