import {
  type BundleEntry,
  type Composition,
  type Device,
  type Endpoint,
  type ImagingStudy,
  type ImagingStudySeries,
  type Organization,
  type Resource,
} from '@yinglian/fhir';
import { endpointResources, WADO_ENDPOINT } from '../serve-imaging-studies/endpoint-resources.js';
import { DICOM_SYSTEM, SNOMED_SYSTEM, URI_SYSTEM } from '../serve-imaging-studies/identifier-systems.js';
import { imagingStudyResource } from '../serve-imaging-studies/imaging-study-resource.js';
import { seriesResource } from '../serve-imaging-studies/series-resource.js';
import type { StudyRow } from '../storage/study-row.js';
import { anatomicalRegionsOf } from './anatomical-regions.js';
import { derivedUuid, type Manifest, type ManifestSeries, manifestUid } from './manifest.js';
import { manifestNarrative } from './manifest-narrative.js';
import { manifestPatient } from './manifest-patient.js';

const MADO = 'https://profiles.ihe.net/RAD/MADO';
const IMAGING_STUDY_DOCUMENT = {
  coding: [{ system: 'http://loinc.org', code: '18748-4', display: 'Diagnostic imaging study' }],
};

/** Addresses of what the bundle has, by which its resources refer to each other. */
interface Places {
  readonly composition: string;
  readonly study: string;
  readonly patient: string;
  readonly endpoint: string;
  readonly device: string;
  readonly organization: string;
}

/**
 * A manifest as a FHIR document (MADO 1.0.0, MadoFhirBundle), piece by piece. Its identifier is the UID of the manifest in DICOM that says
 * the same. The profiles are not claimed in `meta`: the validator here does not have them.
 */
export function* writeManifestBundle(manifest: Manifest, base: string): Generator<Buffer> {
  const uid = manifestUid(manifest, 'described');
  const places = placesOf(manifest.study, uid, base);
  const bundle = {
    resourceType: 'Bundle',
    identifier: identifierOf(uid),
    type: 'document',
    timestamp: manifest.updatedAt.toISOString(),
  };
  yield Buffer.from(`${JSON.stringify(bundle).slice(0, -1)},"entry":[`);
  yield json({ fullUrl: places.composition, resource: composition(manifest, uid, places) }, ',');
  yield Buffer.from(`{"fullUrl":${JSON.stringify(places.study)},"resource":`);
  yield* imagingStudy(manifest, places);
  yield Buffer.from('},');
  const others = [endpoint(manifest, places), patient(manifest, places), device(manifest, places)];
  yield Buffer.from(`${[...others, organization(manifest, places)].map((entry) => JSON.stringify(entry)).join(',')}]}`);
}

const json = (entry: BundleEntry, end: string): Buffer => Buffer.from(JSON.stringify(entry) + end);

const identifierOf = (uid: string) => ({ system: URI_SYSTEM, value: `urn:oid:${uid}` });

function placesOf({ study_uid: uid, person_id: personId }: StudyRow, manifest: string, base: string): Places {
  const own = (name: string) => `urn:uuid:${derivedUuid(`${name} of ${manifest}`)}`;
  return {
    composition: own('composition'),
    study: `${base}/ImagingStudy/${uid}`,
    patient: personId === null ? own('patient') : `${base}/Patient/${personId}`,
    endpoint: `${base}/Endpoint/${WADO_ENDPOINT}`,
    device: own('device'),
    organization: own('organization'),
  };
}

function* imagingStudy(manifest: Manifest, places: Places): Generator<Buffer> {
  const { utcOffset, updatedAt, study } = manifest;
  const resource = imagingStudyResource(study, { utcOffset, updatedAt, isSubset: false });
  const regions = anatomicalRegionsOf(study.body_parts).map(({ value, meaning }) => ({
    url: `${MADO}/StructureDefinition/MadoAnatomicalRegionExtension`,
    valueCodeableConcept: { coding: [{ system: SNOMED_SYSTEM, code: value, display: meaning }] },
  }));
  const described: ImagingStudy = {
    ...resource,
    ...(regions.length === 0 ? {} : { extension: regions }),
    identifier: (resource.identifier ?? []).map((one, at) => (at === 0 ? { type: STUDY_UID_TYPE, ...one } : one)),
    subject: { ...resource.subject, reference: places.patient },
    ...orderOf(resource),
    endpoint: [{ reference: places.endpoint }],
    numberOfSeries: manifest.series.length,
    // Codes of procedures are not kept; the profile wants what can be shown (mado-reqproc-1).
    procedureCode: [{ text: titleOf(manifest) }],
  };
  yield Buffer.from(JSON.stringify(described).slice(0, -1));
  for (const [at, series] of manifest.series.entries()) {
    yield Buffer.from(`${at === 0 ? ',"series":[' : ','}${JSON.stringify(describedSeries(series, utcOffset, places))}`);
  }
  yield Buffer.from(manifest.series.length === 0 ? '}' : ']}');
}

const STUDY_UID_TYPE = { coding: [{ system: DICOM_SYSTEM, code: '110180', display: 'Study Instance UID' }] };
const ACCESSION_NUMBER = { system: DICOM_SYSTEM, code: '121022', display: 'Accession Number' };

/** The order by the accession number, which is all that is known of it. */
function orderOf({ identifier = [] }: ImagingStudy): Pick<ImagingStudy, 'basedOn'> {
  const [, accession] = identifier;
  if (accession === undefined) return {};
  const type = { coding: [...(accession.type?.coding ?? []), ACCESSION_NUMBER] };
  return { basedOn: [{ type: 'ServiceRequest', identifier: { ...accession, type } }] };
}

function describedSeries({ row, instances }: ManifestSeries, utcOffset: string, places: Places): ImagingStudySeries {
  const series = seriesResource(row, instances, utcOffset);
  return {
    ...series,
    numberOfInstances: instances.length,
    endpoint: [{ reference: places.endpoint }],
    instance: (series.instance ?? []).map((one, at) => {
      const frames = instances[at]?.numberOfFrames ?? 0;
      const url = `${MADO}/StructureDefinition/MadoNumberOfFrames`;
      return frames > 1 ? { extension: [{ url, valueInteger: frames }], ...one } : one;
    }),
  };
}

const titleOf = ({ study }: Manifest): string =>
  [study.description.trim(), study.modalities.join(' '), 'Imaging study'].find((text) => text !== '') ?? '';

function composition(manifest: Manifest, uid: string, places: Places): Composition {
  return {
    resourceType: 'Composition',
    text: { status: 'generated', div: manifestNarrative(manifest) },
    identifier: identifierOf(uid),
    status: 'final',
    type: IMAGING_STUDY_DOCUMENT,
    category: [IMAGING_STUDY_DOCUMENT],
    subject: { reference: places.patient },
    date: manifest.updatedAt.toISOString(),
    author: [{ reference: places.device }, { reference: places.organization }],
    title: titleOf(manifest),
    event: [{ detail: [{ reference: places.study }] }],
  };
}

function endpoint({ wadoRoot, retrieveLocationUid }: Manifest, places: Places): BundleEntry<Endpoint> {
  const [wado] = endpointResources(wadoRoot);
  if (wado === undefined) throw new Error('There is no endpoint to retrieve at');
  const location = {
    url: `${MADO}/StructureDefinition/MadoRetrieveLocationUIDExtension`,
    valueString: retrieveLocationUid,
  };
  return {
    fullUrl: places.endpoint,
    resource: { ...wado, extension: [location] },
  };
}

const patient = ({ study }: Manifest, places: Places): BundleEntry<Resource> => ({
  fullUrl: places.patient,
  resource: manifestPatient(study),
});

const device = (_: Manifest, places: Places): BundleEntry<Device> => ({
  fullUrl: places.device,
  resource: {
    resourceType: 'Device',
    manufacturer: 'Yinglian',
    type: { coding: [{ system: `${MADO}/CodeSystem/MadoDeviceType`, code: 'mado-creator', display: 'MADO Creator' }] },
    owner: { reference: places.organization },
  },
});

const organization = ({ institution, retrieveLocationUid }: Manifest, places: Places): BundleEntry<Organization> => ({
  fullUrl: places.organization,
  resource: {
    resourceType: 'Organization',
    identifier: [identifierOf(retrieveLocationUid)],
    name: institution,
  },
});
