import { Injectable } from '@nestjs/common';
import { type LinkReason, PersonLinkedV2, PersonsMergedV1, PersonsSplitV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import type { Sql } from '@yinglian/persistence';
import { survivorsOf } from '../domain/standing/survivors.js';
import * as decisions from '../storage/decision.store.js';
import { patientsOfHomes, raiseLinkVersions } from '../storage/patient.store.js';
import { lockGroupsOf, type StoredPerson, setSurvivors } from '../storage/person.store.js';

/** Works out anew who is one with whom after what stands has changed, and tells it (ADR 0026). */
@Injectable()
export class Restand {
  constructor(private readonly outbox: Outbox) {}

  /**
   * @param personIds all whom the change concerns
   * @param change adds to what stands or withdraws from it; told the groups as they are, which are locked
   */
  async around<Outcome>(
    tx: Sql,
    personIds: readonly string[],
    reason: LinkReason,
    at: Date,
    change: (groups: readonly StoredPerson[]) => Promise<Outcome>,
  ): Promise<Outcome> {
    const before = await lockGroupsOf(tx, personIds);
    const concerned = before.map(({ personId }) => personId);
    const seenBefore = await this.outside(tx, before);
    const outcome = await change(before);
    const survivors = survivorsOf(concerned, await decisions.standingMerges(tx, concerned));
    const changed = before.filter(({ personId, survivorId }) => survivors.get(personId) !== survivorId);
    await this.tellSurvivors(tx, changed, survivors, at);
    await this.tellLinks(tx, concerned, survivors, seenBefore, reason, at);
    return outcome;
  }

  /** The person outside of each patient. */
  private async outside(tx: Sql, persons: readonly StoredPerson[]): Promise<Map<string, string>> {
    const survivors = new Map(persons.map(({ personId, survivorId }) => [personId, survivorId]));
    const patients = await patientsOfHomes(tx, [...survivors.keys()]);
    return new Map(patients.map(({ patientNo, homeId }) => [patientNo, survivors.get(homeId) ?? homeId]));
  }

  private async tellSurvivors(
    tx: Sql,
    changed: readonly StoredPerson[],
    survivors: ReadonlyMap<string, string>,
    at: Date,
  ): Promise<void> {
    const before = new Map(changed.map(({ personId, survivorId }) => [personId, survivorId]));
    const set = await setSurvivors(
      tx,
      new Map(changed.map(({ personId }) => [personId, survivors.get(personId) ?? personId])),
    );
    const time = at.toISOString();
    for (const { personId, survivorId, version } of set) {
      if (survivorId === personId) {
        const fromPersonId = before.get(personId) ?? personId;
        await this.outbox.add(tx, PersonsSplitV1, { personId, fromPersonId, version, splitAt: time });
      } else {
        await this.outbox.add(tx, PersonsMergedV1, { personId, survivorPersonId: survivorId, version, mergedAt: time });
      }
    }
  }

  private async tellLinks(
    tx: Sql,
    personIds: readonly string[],
    survivors: ReadonlyMap<string, string>,
    seenBefore: ReadonlyMap<string, string>,
    reason: LinkReason,
    at: Date,
  ): Promise<void> {
    const patients = await patientsOfHomes(tx, personIds);
    const changed = patients.filter(
      ({ patientNo, homeId }) => seenBefore.get(patientNo) !== (survivors.get(homeId) ?? homeId),
    );
    const versions = await raiseLinkVersions(
      tx,
      changed.map(({ patientNo }) => patientNo),
      reason,
      at,
    );
    await this.outbox.addAll(
      tx,
      PersonLinkedV2,
      changed.map(({ patient, patientNo, homeId, linkVersion }) => ({
        personId: survivors.get(homeId) ?? homeId,
        patient,
        reason,
        version: versions.get(patientNo) ?? linkVersion + 1,
        linkedAt: at.toISOString(),
      })),
    );
  }
}
