import { Injectable } from '@nestjs/common';
import type { DicomJson } from '@yinglian/dicom';
import { failure, type PersonPrincipal, type Result, success } from '@yinglian/platform';
import { matchesKeys } from '../domain/match-keys.js';
import type { Search } from '../domain/search-keys.js';
import { OpenStudyHandler } from '../open-study/open-study.handler.js';
import { StudyContents } from '../storage/study-contents.js';
import { registryProblems } from '../study-registry.errors.js';
import { instanceJson } from './instance-json.js';

export interface FoundInstances {
  readonly instances: readonly DicomJson[];
  readonly more: boolean;
}

/** Instances of a study or of one of its series, in the order in which they arrived. */
@Injectable()
export class FindInstancesHandler {
  constructor(
    private readonly openStudy: OpenStudyHandler,
    private readonly contents: StudyContents,
  ) {}

  /** Failures: the refusal's 403, STUDY_NOT_FOUND, SERIES_NOT_FOUND. */
  async execute(
    caller: PersonPrincipal,
    studyUid: string,
    seriesUid: string | undefined,
    search: Search,
    dicomWebRoot: string,
  ): Promise<Result<FoundInstances>> {
    const opened = await this.openStudy.find(caller, studyUid, [...search.keys.keys()]);
    if (!opened.ok) return opened;
    const stored = await this.contents.of(studyUid, seriesUid);
    if (seriesUid !== undefined && stored.length === 0) return failure(registryProblems.SERIES_NOT_FOUND);
    const found = stored
      .map((instance) => instanceJson(studyUid, instance, dicomWebRoot))
      .filter((json) => matchesKeys(json, search.keys));
    const end = search.offset + search.limit;
    return success({ instances: found.slice(search.offset, end), more: found.length > end });
  }
}
