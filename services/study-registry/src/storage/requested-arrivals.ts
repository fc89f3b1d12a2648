import type { Sql } from '@yinglian/persistence';
import type { RequestedArrival } from '../domain/request-progress.js';
import type { WantedStudy } from './study-request.store.js';

/** What the registry shows of what was asked for, in the same order: of the hospital’s own studies only. */
export const requestedArrivals = (sql: Sql, wanted: readonly WantedStudy[]): Promise<RequestedArrival[]> =>
  sql.query<RequestedArrival>(
    `SELECT coalesce(sum(here.instance_count), 0)::int AS instances,
       coalesce(bool_and(here.state = 'complete'), false) AS "isComplete", max(here.updated_at) AS "changedAt"
     FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY wanted (hospital, study_uid, accession_number, place)
     LEFT JOIN LATERAL (
       SELECT instance_count, state, updated_at FROM shown_studies s
       WHERE s.study_uid = wanted.study_uid AND s.hospital = wanted.hospital
       UNION ALL
       SELECT instance_count, state, updated_at FROM shown_studies s
       WHERE s.accession_number = wanted.accession_number AND s.accession_number <> '' AND s.hospital = wanted.hospital
     ) here ON true
     GROUP BY place ORDER BY place`,
    [
      wanted.map(({ hospital }) => hospital),
      wanted.map(({ studyInstanceUid }) => studyInstanceUid),
      wanted.map(({ accessionNumber }) => accessionNumber),
    ],
    'requested-arrivals',
  );
