import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CT_IMAGE_STORAGE, ctSeries, fileOf, HospitalPacs, machineHas } from '@yinglian/testing';
import { EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN } from '../data-set/transfer-syntaxes.js';
import { readDataSet, writeDataSet } from '../data-set/write-data-set.js';
import { COMMAND } from './command-set.js';
import { NotAnsweredError } from './outgoing-messages.js';
import { RequestedAssociation } from './requested-association.js';
import type { ServiceAssociation } from './service-provider.js';
import { STATUS } from './status.js';
import { VERIFICATION } from './storage-classes.js';

const FIND = '1.2.840.10008.5.1.4.1.2.2.1';
const GET = '1.2.840.10008.5.1.4.1.2.2.3';
const PATIENCE_MS = 20_000;

(machineHas('orthanc') ? describe : describe.skip)('an association that this side asks for', () => {
  const one = ctSeries(2);
  const other = ctSeries(3);
  let pacs: HospitalPacs;
  beforeAll(async () => {
    pacs = await HospitalPacs.start([]);
    await pacs.store([...one.slices, ...other.slices].map(fileOf));
  });
  afterAll(() => pacs.stop());

  const open = (abstractSyntaxes: readonly string[], offered?: ServiceAssociation) =>
    RequestedAssociation.open(
      { host: '127.0.0.1', port: pacs.dicomPort },
      {
        callingAeTitle: 'YINGLIAN',
        calledAeTitle: pacs.aeTitle,
        contexts: abstractSyntaxes.map((abstractSyntax, place) => ({
          id: place * 2 + 1,
          abstractSyntax,
          transferSyntaxes: [EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN],
        })),
        roles: abstractSyntaxes.includes(GET) ? [{ sopClassUid: CT_IMAGE_STORAGE, scu: false, scp: true }] : [],
      },
      {
        maximumLength: 131_072,
        artimTimeoutMs: PATIENCE_MS,
        idleTimeoutMs: PATIENCE_MS,
        implementation: { classUid: '1.2.3', versionName: 'TEST' },
      },
      offered,
    );
  const studies = (studyInstanceUid = '') => ({
    abstractSyntax: FIND,
    sopClassUid: FIND,
    commandField: COMMAND.find,
    dataSet: (syntax: string) =>
      writeDataSet(
        [
          { tag: 0x00080052, vr: 'CS', value: 'STUDY' },
          { tag: 0x0020000d, vr: 'UI', value: studyInstanceUid },
        ],
        syntax,
      ),
  });

  it('reads every answer to C-FIND, and the last', async () => {
    const association = await open([VERIFICATION, FIND]);
    const found: (string | undefined)[] = [];
    const last = await association.ask(studies(), PATIENCE_MS, ({ dataSet, transferSyntaxUid }) => {
      found.push(readDataSet(dataSet ?? Buffer.alloc(0), transferSyntaxUid).dataSet.string('x0020000d'));
      return undefined;
    });
    const echo = { abstractSyntax: VERIFICATION, sopClassUid: VERIFICATION, commandField: COMMAND.echo };
    expect(await association.send(echo, PATIENCE_MS)).toBe(STATUS.success);
    await association.release();
    expect([last.status, found.sort()]).toEqual([
      STATUS.success,
      [one.studyInstanceUid, other.studyInstanceUid].sort(),
    ]);
  });

  it('cancels C-FIND when it has read enough, and goes on', async () => {
    const association = await open([FIND]);
    await association.ask(studies(), PATIENCE_MS, () => 'enough');
    const found: unknown[] = [];
    await association.ask(studies(one.studyInstanceUid), PATIENCE_MS, (answer) => {
      found.push(answer);
      return undefined;
    });
    await association.release();
    expect(found).toHaveLength(1);
  });

  it('stores a data set that comes in pieces of any size', async () => {
    const [slice] = ctSeries(1).slices;
    if (slice === undefined) throw new Error('There is no slice');
    const association = await open([CT_IMAGE_STORAGE]);
    const status = await association.send(
      {
        abstractSyntax: CT_IMAGE_STORAGE,
        sopClassUid: CT_IMAGE_STORAGE,
        sopInstanceUid: slice.sopInstanceUid,
        commandField: COMMAND.store,
        async *dataSet() {
          for (let at = 0; at < slice.dataSet.length; at += 99_991) yield slice.dataSet.subarray(at, at + 99_991);
        },
      },
      PATIENCE_MS,
    );
    await association.release();
    const files = await pacs.files();
    const came = files.find((file) => file.includes(slice.sopInstanceUid));
    expect([status, came?.subarray(-slice.dataSet.length).equals(slice.dataSet)]).toEqual([STATUS.success, true]);
  });

  it('takes what C-GET stores on the same association', async () => {
    const came: Buffer[] = [];
    const pieces: Buffer[] = [];
    const association = await open([GET, CT_IMAGE_STORAGE], {
      serviceOf: () => 'storage',
      store: () => ({
        write: (bytes) => void pieces.push(Buffer.from(bytes)),
        async end() {
          came.push(Buffer.concat(pieces.splice(0)));
          return { status: STATUS.success };
        },
        async abandon() {},
      }),
      closed: () => undefined,
    });
    const request = { ...studies(other.studyInstanceUid), abstractSyntax: GET, sopClassUid: GET };
    const last = await association.ask({ ...request, commandField: COMMAND.get }, PATIENCE_MS);
    await association.release();
    expect([last.status, last.subOperations]).toEqual([
      STATUS.success,
      { remaining: 0, completed: 3, failed: 0, warning: 0 },
    ]);
    // In whatever order the PACS sends them.
    const lengths = (all: readonly Buffer[]) => all.map((bytes) => bytes.length).sort();
    expect(lengths(came)).toEqual(lengths(other.slices.map(({ dataSet }) => dataSet)));
  });

  it('is told when the peer goes away before it answered', async () => {
    const association = await open([FIND]);
    const asked = association.ask(studies(), PATIENCE_MS, () => {
      association.abort();
      return undefined;
    });
    await expect(asked).rejects.toThrow(NotAnsweredError);
  });
});
