import { randomUUID } from 'node:crypto';
import {
  BreakGlassOpenedV1,
  type Confidentiality,
  EncounterRecordedV1,
  type LocalPatientKey,
  OrderPlacedV1,
  ReferralRecordedV1,
  RelationshipDeclaredV1,
} from '@yinglian/contracts';
import { type CtSeries, ctSeries, fileOf } from '@yinglian/testing';
import { ConsentWithdrawnV1, StudyReceivedV1 } from '../../testing/registry-service.js';
import type { Association, WorkstationWorld } from './workstation-world.js';

const GET = '1.2.840.10008.5.1.4.1.2.2.3';
const MOVE = '1.2.840.10008.5.1.4.1.2.2.2';
const CT = '1.2.840.10008.5.1.4.1.1.2';
const EXPLICIT = '1.2.840.10008.1.2.1';
const DAY_MS = 24 * 3_600_000;
const ago = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

/** The workstation of H002 that images are moved to. */
export const LISTENING = 'LISTENS';

const ORDER = {
  placerOrderNumber: null,
  fillerOrderNumber: null,
  item: { localCode: null, localName: '胸部CT', provincialCode: null },
  modality: 'CT',
  bodyPart: 'CHEST',
  priority: 'routine' as const,
  department: null,
  encounterId: null,
  studyInstanceUid: null,
  orderedAt: null,
  performedAt: null,
};

/** What happened between the hospital, its clinician and the person before they ask. */
export type Past =
  | 'visit'
  | 'visit 40 days ago'
  | 'order'
  | 'cancelled order'
  | 'referral'
  | 'cancelled referral'
  | 'referral to another'
  | 'a study there'
  | 'restricted'
  | 'very restricted'
  | 'declared'
  | 'objection'
  | 'objection to it'
  | 'glass';

/** A study of H001, its person, and a clinician of H002 who asks for it in every way there is. */
export class OneAsker {
  readonly series: CtSeries = ctSeries(1);
  readonly doctor = { subject: 'dr.asking', hospital: 'H002' };

  private constructor(
    private readonly world: WorkstationWorld,
    readonly person: string,
    private readonly patient: LocalPatientKey,
  ) {}

  static async of(world: WorkstationWorld, nth: number, pasts: readonly Past[]): Promise<OneAsker> {
    const patient = { hospital: 'H002', issuer: '', id: `L${nth}` };
    const made = new OneAsker(world, `P${String(nth).padStart(26, '0')}`, patient);
    const { registry } = world;
    await registry.store('H001', made.series.slices.map(fileOf));
    await registry.link('H001', made.series.patientId, made.person);
    await registry.link('H002', made.patient.id, made.person);
    for (const past of pasts) await made.happened(past);
    return made;
  }

  private happened(past: Past): Promise<void> {
    const { registry } = this.world;
    const about = { personId: this.person, subject: this.doctor.subject, hospital: 'H002' };
    if (past === 'visit') return this.visit('active', ago(1), null);
    if (past === 'visit 40 days ago') return this.visit('ended', ago(40), ago(40));
    if (past === 'order') return this.order('placed');
    if (past === 'cancelled order') return this.order('cancelled');
    if (past === 'referral') return this.referral('H002', 'active');
    if (past === 'cancelled referral') return this.referral('H002', 'cancelled');
    if (past === 'referral to another') return this.referral('H003', 'active');
    if (past === 'a study there') return this.studyThere();
    if (past === 'restricted') return this.orderedAs('restricted');
    if (past === 'very restricted') return this.orderedAs('very-restricted');
    if (past === 'declared')
      return registry.publish(RelationshipDeclaredV1, {
        ...about,
        relationshipId: randomUUID(),
        declaredAt: ago(0),
        expiresAt: inAnHour(),
      });
    if (past === 'glass')
      return registry.publish(BreakGlassOpenedV1, {
        ...about,
        breakGlassId: randomUUID(),
        department: null,
        kind: 'unconscious',
        openedAt: ago(0),
        expiresAt: inAnHour(),
      });
    const { studyInstanceUid } = this.series;
    return registry.publish(ConsentWithdrawnV1, {
      consentId: randomUUID(),
      personId: this.person,
      scope: past === 'objection' ? { kind: 'person' } : { kind: 'study', studyInstanceUid },
      withdrawnAt: ago(0),
    });
  }

  /** H002 made a study of the person, too. */
  private async studyThere(): Promise<void> {
    const series = ctSeries(1, this.patient.id);
    await this.world.registry.store('H002', series.slices.map(fileOf));
  }

  /** H001 says so of the study that is asked for. */
  private orderedAs(confidentiality: Confidentiality): Promise<void> {
    const patient = { hospital: 'H001', issuer: '', id: this.series.patientId };
    const order = { hospital: 'H001', patient, accessionNumber: `A${patient.id}`, status: 'performed' as const };
    return this.world.registry.publish(OrderPlacedV1, { ...ORDER, ...order, confidentiality, recordedAt: ago(1) });
  }

  private visit(status: 'active' | 'ended', recordedAt: string, endedAt: string | null): Promise<void> {
    return this.world.registry.publish(EncounterRecordedV1, {
      hospital: 'H002',
      patient: this.patient,
      encounterId: `V${this.patient.id}`,
      encounterClass: 'inpatient',
      status,
      department: null,
      startedAt: recordedAt,
      endedAt,
      recordedAt,
    });
  }

  private order(status: 'placed' | 'cancelled'): Promise<void> {
    const order = { hospital: 'H002', patient: this.patient, accessionNumber: `B${this.patient.id}`, status };
    return this.world.registry.publish(OrderPlacedV1, { ...ORDER, ...order, recordedAt: ago(1) });
  }

  /** H001 has referred the person, whom H002 need not know yet. */
  private referral(referredTo: string, status: 'active' | 'cancelled'): Promise<void> {
    return this.world.registry.publish(ReferralRecordedV1, {
      hospital: 'H001',
      patient: { hospital: 'H001', issuer: '', id: this.series.patientId },
      referralId: `R${this.patient.id}`,
      referredTo,
      status,
      effectiveAt: null,
      expiresAt: null,
      recordedAt: ago(1),
    });
  }

  /** Whether the gateway of H002 is offered it, for whoever treats the person there. */
  async offered(): Promise<boolean> {
    const { registry } = this.world;
    const { studyInstanceUid, slices } = this.series;
    const instances = slices.length;
    const complete = { reason: 'QUIET_AFTER_RELEASE' as const, quietSince: ago(0) };
    // What still arrives is offered to nobody.
    await registry.publish(StudyReceivedV1, { hospital: 'H001', studyInstanceUid, instances, ...complete });
    const scopes = ['priors:read' as const];
    const token = await registry.issuer.serviceToken({ clientId: 'gateway', scopes, hospital: 'H002' });
    const { json } = await registry.ask('POST', '/api/study-registry/hospitals/H002/prior-offers', {
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify({ years: 5, maximumStudies: 50, modalities: [] })),
    });
    const offers: { studyInstanceUid: string }[] = json.offers;
    return offers.some((offer) => offer.studyInstanceUid === studyInstanceUid);
  }

  /** Each way in: whether it gives the study's images, or what only images say. */
  async opened(): Promise<Record<string, boolean>> {
    const { studyInstanceUid: study, seriesInstanceUid, slices } = this.series;
    const path = `/dicom-web/studies/${study}`;
    const instance = `${path}/series/${seriesInstanceUid}/instances/${slices[0]?.sopInstanceUid}`;
    const ok = async (to: string, accept: string) =>
      (await this.world.registry.get(to, accept, this.doctor)).status === 200;
    const multipart = 'multipart/related; type="application/dicom"';
    const field = `${path}/instances?includefield=00080008`;
    // Of a closed study there are none.
    const withField = await this.world.registry.get(field, 'application/dicom+json', this.doctor);
    const timeline = await this.world.registry.get(
      `/api/study-registry/persons/${this.person}/studies`,
      '*/*',
      this.doctor,
    );
    const listed: { studyInstanceUid: string; mayOpen: boolean }[] = timeline.json.items;
    return {
      study: await ok(path, multipart),
      metadata: await ok(`${path}/metadata`, 'application/dicom+json'),
      instance: await ok(instance, multipart),
      frame: await ok(`${instance}/frames/1`, 'multipart/related; type="application/octet-stream"'),
      rendered: await ok(`${instance}/rendered`, 'image/jpeg'),
      'thumbnail of the study': await ok(`${path}/thumbnail`, 'image/jpeg'),
      'thumbnail of the image': await ok(`${instance}/thumbnail`, 'image/jpeg'),
      'includefield of QIDO': withField.json?.[0]?.['00080008'] !== undefined,
      'timeline of the portal': listed.some((one) => one.studyInstanceUid === study && one.mayOpen),
      ...(await this.byDimse()),
    };
  }

  private async byDimse() {
    const { studyInstanceUid } = this.series;
    const primary = await this.world.registry.issuer.personToken({ ...this.doctor, roles: ['clinician'] });
    const identifier = { QueryRetrieveLevel: 'STUDY', StudyInstanceUID: studyInstanceUid };
    const asked = { calling: 'PLAIN2', identity: { type: 5, primary }, identifier };
    const both: Association[] = [
      { ...asked, operation: 'get', model: GET, contexts: [[CT, [EXPLICIT]]] },
      { ...asked, operation: 'move', model: MOVE, destination: LISTENING },
    ];
    const [got, moved] = await this.world.pynetdicomEach(both);
    return { 'C-GET': got?.stored.length === 1, 'C-MOVE': (moved?.answers.at(-1)?.completed ?? 0) > 0 };
  }
}
