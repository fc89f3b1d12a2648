import type { LocalPatientKey } from '@yinglian/contracts';
import type { Sql } from '@yinglian/persistence';
import type { Group, Statement } from '../domain/link-decision.js';
import { separationsAmong } from '../storage/decision.store.js';
import { holdersOf } from '../storage/number.store.js';
import { observationsOf } from '../storage/observation.store.js';
import { type KnownPatient, knownPatients } from '../storage/patient.store.js';
import { lockGroupsOf } from '../storage/person.store.js';
import type { ReadPatient } from './read-patient.js';

/** A group that grows while a batch is linked. */
interface GrowingGroup extends Group {
  readonly held: Map<string, string>;
  readonly names: Group['names'][number][];
  readonly birthDates: string[];
  readonly sexes: string[];
}

export const keyOf = ({ hospital, issuer, id }: LocalPatientKey): string => JSON.stringify([hospital, issuer, id]);

/** What is known of everybody whom a batch may concern: read once, and kept up to date while the batch is linked one by one. */
export class LinkingBatch {
  private readonly patients = new Map<string, KnownPatient>();
  private readonly groups = new Map<string, GrowingGroup>();
  private readonly survivorOfHome = new Map<string, string>();
  private readonly holders = new Map<string, string>();
  private readonly stated = new Set<string>();
  private separations: readonly (readonly [string, string])[] = [];

  /** @param read of patients and numbers that the transaction has locked */
  static async load(tx: Sql, read: readonly ReadPatient[]): Promise<LinkingBatch> {
    const batch = new LinkingBatch();
    for (const known of await knownPatients(
      tx,
      read.map(({ observed }) => observed.patient),
    ))
      batch.keepPatient(known);
    const told = read.filter(({ observed, hash }) => batch.patient(observed.patient)?.observationHash !== hash);
    const holders = await holdersOf(tx, [...new Set(told.flatMap(({ statement }) => statement.strongNumbers))]);
    const homes = told.flatMap(({ observed }) => batch.patient(observed.patient)?.homeId ?? []);
    await batch.loadGroups(tx, [...holders.values(), ...homes]);
    await batch.hold(tx, holders);
    return batch;
  }

  /** Whoever was only seen again is locked too: in one order with the others. */
  private async loadGroups(tx: Sql, homeIds: readonly string[]): Promise<void> {
    const all = new Set([...homeIds, ...[...this.patients.values()].map(({ homeId }) => homeId)]);
    const persons = await lockGroupsOf(tx, [...all]);
    for (const { personId, survivorId } of persons) this.addHome(personId, survivorId);
    const asked = new Set(homeIds.map((homeId) => this.survivorOf(homeId)));
    const homes = persons.flatMap(({ personId, survivorId }) => (asked.has(survivorId) ? [personId] : []));
    this.separations = await separationsAmong(tx, homes);
    for (const [homeId, described] of await observationsOf(tx, homes)) {
      for (const one of described) {
        this.describe(homeId, one);
        for (const number of one.strongNumbers) this.stated.add(number);
      }
    }
  }

  private async hold(tx: Sql, holders: ReadonlyMap<string, string>): Promise<void> {
    const others = await holdersOf(
      tx,
      [...this.stated].filter((number) => !holders.has(number)),
    );
    for (const [number, homeId] of [...holders, ...others]) this.claim(homeId, [number]);
  }

  patient(key: LocalPatientKey): KnownPatient | undefined {
    return this.patients.get(keyOf(key));
  }

  keepPatient(patient: KnownPatient): void {
    this.patients.set(keyOf(patient.patient), patient);
  }

  groupOfHome(homeId: string): GrowingGroup | undefined {
    return this.groups.get(this.survivorOfHome.get(homeId) ?? '');
  }

  /** Groups that hold one of the numbers. */
  groupsHolding(numbers: readonly string[]): Group[] {
    const groups = numbers.map((number) => this.groupOfHome(this.holders.get(number) ?? ''));
    return [...new Set(groups)].filter((group) => group !== undefined);
  }

  addHome(personId: string, survivorId: string): void {
    this.survivorOfHome.set(personId, survivorId);
    if (this.groups.has(survivorId)) return;
    this.groups.set(survivorId, { survivorId, held: new Map(), names: [], birthDates: [], sexes: [] });
  }

  describe(homeId: string, { name, birthDate, sex }: Pick<Statement, 'name' | 'birthDate' | 'sex'>): void {
    const group = this.groupOfHome(homeId);
    group?.names.push(name);
    group?.sexes.push(sex);
    if (birthDate !== null) group?.birthDates.push(birthDate);
  }

  claim(homeId: string, numbers: readonly string[]): void {
    for (const number of numbers) {
      if (this.holders.has(number)) continue;
      this.holders.set(number, homeId);
      this.groupOfHome(homeId)?.held.set(number, homeId);
    }
  }

  /** A steward found that somebody of the one group and somebody of the other are not the same. */
  areSeparated(survivorId: string, otherId: string): boolean {
    return this.separations.some(
      ([one, other]) =>
        (this.survivorOf(one) === survivorId && this.survivorOf(other) === otherId) ||
        (this.survivorOf(one) === otherId && this.survivorOf(other) === survivorId),
    );
  }

  survivorOf(homeId: string): string {
    return this.survivorOfHome.get(homeId) ?? homeId;
  }

  /** The two groups are one, and another one stands for both. */
  join(fromId: string, intoId: string): void {
    const [left, joined] = [this.groupOfHome(fromId), this.groupOfHome(intoId)];
    if (left === undefined || joined === undefined || left === joined) return;
    for (const [home, survivor] of this.survivorOfHome)
      if (survivor === left.survivorId) this.survivorOfHome.set(home, joined.survivorId);
    for (const [number, home] of left.held) joined.held.set(number, home);
    joined.names.push(...left.names);
    joined.birthDates.push(...left.birthDates);
    joined.sexes.push(...left.sexes);
    this.groups.delete(left.survivorId);
  }
}
