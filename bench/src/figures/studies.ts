import { part10, smallInstance } from '@yinglian/testing';
import { stow } from '../clients/dicom-web.js';
import { KeptConnections } from '../clients/kept-connections.js';
import type { Figure } from '../figure.js';
import { once } from '../once.js';
import { type LoneStudyRegistry, withLoneStudyRegistry } from '../peers/lone-study-registry.js';
import { OWN_MACHINE } from '../peers/own-machine.js';
import { percentile, secondsOf } from '../statistics.js';
import { fillStudies } from '../studies/fill-studies.js';
import { ofAccession, ofDay, ofPage, ofPatient, type Question } from '../studies/questions.js';
import { untilSearchable } from './stored.js';

const ASKED = 1_000;
const WARM_UP = 200;
const COMPARED = 20;
const DEEP = 2_000;
const INGESTED = 400;
const INSTANCES_EACH = 5;
/** None of those whose rows are made. */
const INGESTED_AT = 'H900';
const SETTINGS = [...OWN_MACHINE, 'synchronous_commit=off'];

/** What QIDO-RS costs where there are so many studies: rows are made, questions go by HTTP with token, decision and record. */
export function studyFigures(studies: number): Figure[] {
  const questions = {
    'studies.by-patient': ofPatient(studies),
    'studies.by-accession': ofAccession(studies),
    'studies.by-date-modality': ofDay(),
    'studies.page': ofPage(0),
    'studies.page-deep': ofPage(DEEP),
  };
  const measured = once(() =>
    withLoneStudyRegistry(SETTINGS, async (registry) => {
      await storedPerSecond(registry);
      const empty = await storedPerSecond(registry);
      await fillStudies(registry.sql, studies);
      const full = await storedPerSecond(registry);
      const times = new Map<string, number[]>();
      for (const [name, question] of Object.entries(questions)) times.set(name, await ask(registry, question));
      return { empty, full, times };
    }),
  );
  const ingest: Figure = {
    name: 'studies.ingest',
    unit: '/s',
    goal: 0.9,
    standsAlone: true,
    async measure() {
      const { empty, full } = await measured();
      const note = `instances stored with ${studies} studies registered, and with none but those of the warm-up`;
      return { ours: full, peer: empty, peerName: 'empty', note };
    },
  };
  const searches = Object.keys(questions).map((name) => ({
    name,
    unit: 'ms',
    lowerIsBetter: true,
    standsAlone: true,
    async measure() {
      const times = (await measured()).times.get(name) ?? [];
      const p50 = percentile(times, 0.5).toFixed(1);
      return {
        ours: percentile(times, 0.99),
        atMost: studies > 1_000_000 ? 37.5 : 25,
        note: `p99 at ${studies} studies; p50 ${p50} ms`,
      };
    },
  }));
  return [ingest, ...searches];
}

/** Instances of a few hundred bytes a second, in new studies by STOW-RS, four clients at once; each is found in the end. */
async function storedPerSecond({ storingAt, clientOf }: LoneStudyRegistry): Promise<number> {
  const [client, reader] = [storingAt(INGESTED_AT), clientOf(INGESTED_AT)];
  const studies = Array.from({ length: INGESTED }, smallStudy);
  let next = 0;
  const send = async () => {
    for (let study = studies[next++]; study !== undefined; study = studies[next++]) await stow(client, study.slices);
  };
  const seconds = await secondsOf(() => Promise.all(Array.from({ length: 4 }, send)));
  for (const study of studies) await untilSearchable(reader, study);
  return (INGESTED * INSTANCES_EACH) / seconds;
}

function smallStudy() {
  const { studyInstanceUid, seriesInstanceUid } = smallInstance();
  const overrides = { 2097165: studyInstanceUid, 2097166: seriesInstanceUid, 1048608: studyInstanceUid.slice(-12) };
  const slices = Array.from({ length: INSTANCES_EACH }, () => {
    const { sopClassUid, sopInstanceUid, dataSet } = smallInstance({ overrides });
    return part10(sopClassUid, sopInstanceUid, dataSet);
  });
  return { studyInstanceUid, slices };
}

/** Asks one after the other; some answers are compared with the rows. */
async function ask({ sql, clientOf }: LoneStudyRegistry, question: (n: number) => Question): Promise<number[]> {
  const times: number[] = [];
  const viewers = new Map<string, KeptConnections>();
  const viewerAt = (hospital: string) => {
    const viewer = viewers.get(hospital) ?? new KeptConnections(clientOf(hospital), 1);
    viewers.set(hospital, viewer);
    return viewer;
  };
  for (let n = 0; n < WARM_UP + ASKED; n += 1) {
    const { hospital, path, truth } = question(n);
    const viewer = viewerAt(hospital);
    const startedAt = performance.now();
    const text = await viewer.get(path, 'application/dicom+json', String);
    if (n >= WARM_UP) times.push(performance.now() - startedAt);
    if (n >= COMPARED) continue;
    const found: Record<string, { Value?: unknown[] }>[] = JSON.parse(text);
    const uids = found.map((study) => study['0020000D']?.Value?.[0]);
    if (JSON.stringify(uids) !== JSON.stringify(await truth(sql)))
      throw new Error(`${path} found other studies than there are`);
  }
  for (const viewer of viewers.values()) viewer.close();
  return times;
}
