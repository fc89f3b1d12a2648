import { setTimeout as pause } from 'node:timers/promises';
import { DicomWebClient, type Province } from '@yinglian/testing';
import type { Say } from '../say.js';
import type { Offered } from '../send/offered.js';
import type { OfferedStudy } from '../send/offered-images.js';
import { CLINICIANS } from '../send/target.js';
import { compareEvents, type ToldStudy, toldStudies } from './compare-events.js';
import { compareMessages, toldEncounters } from './compare-messages.js';
import { compareStudy, type Difference } from './compare-study.js';
import { EventReader } from './event-reader.js';
import { findStudy } from './find-study.js';

/** Studies are told complete a while after their last image. */
const TOLD_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 3_000;

interface FoundImages {
  readonly study: OfferedStudy;
  readonly registered: number;
}

/** Compares every study and message that was offered with what the province has of it and with what it told of it. */
export async function compareProvince(
  province: Province,
  events: 'postgres' | 'kafka',
  { images, messages }: Offered,
  say: Say,
): Promise<Pick<Difference, 'lost' | 'doubled'>> {
  const { found, difference } = await compareImages(province, images.studies, say);
  say(`${found.length} studies are compared`);
  const told = await EventReader.with(province, events, ['studies', 'hospital'], async (all) => {
    const deadline = performance.now() + TOLD_WITHIN_MS;
    for (;;) {
      const log = await all();
      const differences = [
        ...compareTold(found, toldStudies(log)),
        compareMessages(messages.all, toldEncounters(log)),
      ].filter(({ lost, doubled }) => lost + doubled > 0);
      if (differences.length === 0 || performance.now() > deadline) return differences;
      say(`${differences.length} studies or senders of messages wait for their events`);
      await pause(LOOK_EVERY_MS);
    }
  });
  for (const { findings } of told) for (const finding of findings) say(finding);
  return [difference, ...told].reduce(
    (sum, { lost, doubled }) => ({ lost: sum.lost + lost, doubled: sum.doubled + doubled }),
    { lost: 0, doubled: 0 },
  );
}

async function compareImages(province: Province, studies: readonly OfferedStudy[], say: Say) {
  const clients = {
    H001: new DicomWebClient(province.endpoints.dicomweb, await province.token(CLINICIANS.H001)),
    H002: new DicomWebClient(province.endpoints.dicomweb, await province.token(CLINICIANS.H002)),
  };
  const found: FoundImages[] = [];
  const difference = { lost: 0, doubled: 0 };
  for (const study of studies) {
    const there = await findStudy(clients[study.hospital], study.studyInstanceUid);
    const { lost, doubled, findings } = compareStudy(study, there);
    difference.lost += lost;
    difference.doubled += doubled;
    for (const finding of findings) say(`study ${study.studyInstanceUid} of ${study.hospital}: ${finding}`);
    found.push({ study, registered: there.listed.length });
  }
  return { found, difference };
}

const compareTold = (found: readonly FoundImages[], told: ReadonlyMap<string, ToldStudy>): Difference[] =>
  found.map(({ study, registered }) => compareEvents(study, told.get(study.studyInstanceUid), registered));
