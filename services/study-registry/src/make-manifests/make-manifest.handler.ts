import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { FHIR_JSON } from '@yinglian/fhir';
import { Database } from '@yinglian/persistence';
import { failure, type PersonPrincipal, platformProblems, type Result, success } from '@yinglian/platform';
import { choose, readAccept } from '../domain/accept.js';
import { OpenStudyHandler } from '../open-study/open-study.handler.js';
import { ExchangeSettings } from '../serve-imaging-studies/exchange-settings.js';
import { ImagingStudyStore } from '../storage/imaging-study.store.js';
import { SeriesStore } from '../storage/series.store.js';
import { StudyContents } from '../storage/study-contents.js';
import type { StudyRow } from '../storage/study-row.js';
import { registryProblems } from '../study-registry.errors.js';
import type { Manifest } from './manifest.js';
import { writeManifestBundle } from './manifest-bundle.js';
import { type ManifestForm, writeManifest } from './write-manifest.js';

const DICOM = 'application/dicom';
const OFFERS = [DICOM, FHIR_JSON].map((type) => ({ multipart: false, type }));

export interface ManifestWanted {
  readonly studyUid: string;
  readonly form: ManifestForm;
  readonly accept: string | undefined;
  /** Where the caller reaches DICOMweb and FHIR. */
  readonly wadoRoot: string;
  readonly fhirBase: string;
}

export interface MadeManifest {
  readonly contentType: string;
  readonly pieces: Readable;
}

/** A manifest of a study as it is now: what searches of DICOMweb tell of it, to whom they tell it, and recorded as they are (ADR 0005). */
@Injectable()
export class MakeManifestHandler {
  constructor(
    private readonly openStudy: OpenStudyHandler,
    private readonly database: Database,
    private readonly contents: StudyContents,
    private readonly settings: ExchangeSettings,
  ) {}

  /** Failures: the refusal's 403; STUDY_NOT_FOUND, STUDY_ARRIVING, NOT_ACCEPTABLE. */
  async execute(caller: PersonPrincipal, wanted: ManifestWanted): Promise<Result<MadeManifest>> {
    const found = await this.openStudy.find(caller, wanted.studyUid, ['manifest']);
    if (!found.ok) return found;
    const offer = choose(readAccept(wanted.accept), OFFERS);
    if (offer === undefined) return failure(platformProblems.NOT_ACCEPTABLE);
    const manifest = await this.manifestOf(found.value, wanted.wadoRoot);
    if (manifest.series.length === 0) return failure(registryProblems.STUDY_ARRIVING);
    const isDicom = offer.type === DICOM;
    const pieces = isDicom ? writeManifest(manifest, wanted.form) : writeManifestBundle(manifest, wanted.fhirBase);
    return success({
      contentType: isDicom ? DICOM : `${FHIR_JSON}; charset=utf-8`,
      pieces: Readable.from(pieces, { objectMode: false }),
    });
  }

  private async manifestOf(study: StudyRow, wadoRoot: string): Promise<Manifest> {
    const uid = study.study_uid;
    const [updated, rows, instances] = await Promise.all([
      new ImagingStudyStore(this.database).updated([uid]),
      new SeriesStore(this.database).of(uid),
      this.contents.of(uid),
    ]);
    const bySeries = Map.groupBy(instances, ({ seriesUid }) => seriesUid);
    const series = rows.map((row) => ({ row, instances: bySeries.get(row.series_uid) ?? [] }));
    return {
      study,
      series: series.filter((one) => one.instances.length > 0),
      updatedAt: updated.get(uid) ?? study.arrived_at,
      wadoRoot,
      utcOffset: this.settings.zoneOf(study),
      retrieveLocationUid: this.settings.retrieveLocationUid,
      institution: this.settings.institution,
    };
  }
}
