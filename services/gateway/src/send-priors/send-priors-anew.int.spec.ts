import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN, parseHeader } from '@yinglian/dicom';
import { freePorts } from '@yinglian/servers';
import { HospitalPacs, machineHas, peerScript, peersPython, runProgram, storableFiles } from '@yinglian/testing';
import { eventually, TestGateway } from '../testing/test-gateway.js';

const OFFER = '00000000-0000-4000-8000-000000000001';
const BIG_ENDIAN = '1.2.840.10008.1.2.2';
const DEFLATED = '1.2.840.10008.1.2.1.99';
const JPEG = '1.2.840.10008.1.2.4.50';
/** What is another patient's at the destination (ADR 0019). */
const IDENTITY = /^\((0010,0020|0010,0021|0010,1002)\)/;

const uidOf = (file: Buffer) => parseHeader(file).dataSet.string('x00080018');

(machineHas('orthanc', 'pydicom') ? describe : describe.skip)('priors in syntaxes that few devices take', () => {
  const files = machineHas('pydicom') ? storableFiles() : [];
  /** One of each instance: some are in several syntaxes there. */
  const inSyntax = (...syntaxes: string[]) => [
    ...new Map(
      files
        .filter(({ transferSyntaxUid }) => syntaxes.includes(transferSyntaxUid))
        .map((file) => [uidOf(file.bytes), file]),
    ).values(),
  ];
  let folder: string;
  let pacs: HospitalPacs;
  let gateway: TestGateway;
  const start = async (settings: Record<string, unknown>) => {
    const [dicomPort = 0] = await freePorts(1);
    pacs = await HospitalPacs.start([{ aeTitle: 'H001GW', port: dicomPort }], settings);
    const devices = [{ aeTitle: 'PACS', kind: 'pacs', host: '127.0.0.1', port: pacs.dicomPort }];
    const priors = { destination: 'PACS' };
    await writeFile(join(folder, 'hospital.json'), JSON.stringify({ devices, priors }));
    gateway = await TestGateway.start({ HOSPITAL_FILE: join(folder, 'hospital.json'), DICOM_PORT: String(dicomPort) });
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-priors-anew-'));
  });
  afterEach(async () => {
    await gateway.stop();
    await pacs.stop();
    await rm(folder, { recursive: true });
  });

  const deliver = async (offered: readonly Buffer[]) => {
    const prior = { ownerHospital: 'H002', patient: { issuer: '', id: 'LOCAL7' }, files: offered };
    gateway.province.priors.set(OFFER, { ...prior, studyInstanceUid: '1.2.3' });
    await eventually('it is told', async () => gateway.province.outcomes.has(OFFER), 30_000);
    return gateway.province.outcomes.get(OFFER);
  };
  it.each([
    ['explicit VR little endian', EXPLICIT_LITTLE_ENDIAN, {}],
    ['implicit VR little endian only', IMPLICIT_LITTLE_ENDIAN, { AcceptedTransferSyntaxes: [IMPLICIT_LITTLE_ENDIAN] }],
  ])('come to a device that takes %s, and say to pydicom what they said', async (_, syntax, settings) => {
    await start(settings);
    const offered = inSyntax(BIG_ENDIAN, DEFLATED);
    expect(new Set(offered.map(({ transferSyntaxUid }) => transferSyntaxUid))).toEqual(new Set([BIG_ENDIAN, DEFLATED]));
    expect(await deliver(offered.map(({ bytes }) => bytes))).toEqual({ outcome: 'delivered', reason: '' });
    const came = new Map((await pacs.files()).map((file) => [uidOf(file), file]));
    const pairs = await Promise.all(
      offered.map(async ({ path, bytes }, place) => {
        const other = join(folder, `${place}.dcm`);
        await writeFile(other, came.get(uidOf(bytes)) ?? '');
        return [path, other];
      }),
    );
    const { stdout, output } = await runProgram(peersPython, [peerScript('pydicom-compare.py'), ...pairs.flat()]);
    const compared = stdout.trim().split('\n');
    if (compared.length !== offered.length) throw new Error(output);
    const differences = compared
      .map((line): { syntax: string; different: string[]; samePixels: boolean } => JSON.parse(line))
      .map((each) => ({ ...each, different: each.different.filter((place) => !IDENTITY.test(place)) }));
    expect(differences).toEqual(offered.map(() => ({ syntax, different: [], samePixels: true })));
    expect([...came.values()].map((file) => parseHeader(file).dataSet.string('x00100020'))).toEqual(
      offered.map(() => 'LOCAL7'),
    );
  });

  it('and are compressed go as they are, or fail with the reason', async () => {
    const [jpeg] = inSyntax(JPEG);
    if (jpeg === undefined) throw new Error('There is one');
    await start({ AcceptedTransferSyntaxes: [IMPLICIT_LITTLE_ENDIAN] });
    expect(await deliver([jpeg.bytes])).toEqual({
      outcome: 'failed',
      reason: `1 of 1 instances: The destination does not take ${jpeg.sopClassUid} in ${JPEG}`,
    });
  });

  it('and break while they are sent are told as failed, and the others come', async () => {
    await start({});
    const [deflated] = inSyntax(DEFLATED);
    const [big] = inSyntax(BIG_ENDIAN);
    if (deflated === undefined || big === undefined) throw new Error('There are');
    const cutOff = deflated.bytes.subarray(0, deflated.bytes.length - 100);
    expect(await deliver([cutOff, big.bytes])).toEqual({
      outcome: 'failed',
      reason: '1 of 2 instances: The data set cannot be inflated',
    });
    expect((await pacs.files()).map(uidOf)).toEqual([uidOf(big.bytes)]);
  });
});
