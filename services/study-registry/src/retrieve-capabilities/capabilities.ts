import { EXPLICIT_LITTLE_ENDIAN, keywordOf } from '@yinglian/dicom';
import { pixelMediaType } from '../domain/pixel-media-types.js';
import { isKeyAt, KEYS, type SearchLevel } from '../domain/search-attributes.js';
import { targetSyntaxes } from '../transcode-images/encode/target-syntaxes.js';

/** What one address below the base address answers (PS3.18 annex H). */
export interface Capability {
  /** HEAD is answered where GET is. */
  readonly verb: 'GET' | 'POST';
  /** A template, for instance `studies/{studyUid}`. */
  readonly path: string;
  /** The transaction's name in WADL, as PS3.18 table H-1 has it, without blanks. */
  readonly id: string;
  readonly mediaTypes: readonly string[];
  /** Of bodies that it takes. */
  readonly bodyMediaTypes: readonly string[];
  readonly queryParameters: readonly string[];
  readonly headers: readonly string[];
  /** What its parts do not tell. */
  readonly documentation?: string;
}

const SERIES = 'studies/{studyUid}/series/{seriesUid}';
const INSTANCE = `${SERIES}/instances/{sopInstanceUid}`;
const LEVELS = [
  ['Study', 'studies/{studyUid}'],
  ['Series', SERIES],
  ['Instance', INSTANCE],
] as const;

const METADATA = ['application/dicom+json', 'application/json', 'multipart/related; type="application/dicom+xml"'];
const PICTURES = ['image/jpeg', 'image/png'];
const SYNTAXES = ['*', ...targetSyntaxes.keys()];
const CONDITIONS = ['Accept', 'If-None-Match', 'If-Match'];
const RANGES = [...CONDITIONS, 'Range', 'If-Range'];

/** PS3.18 section 8.3.4, besides attributes. */
const SEARCH = [
  'accept',
  'fuzzymatching',
  'emptyvaluematching',
  'multiplevaluematching',
  'includefield',
  'limit',
  'offset',
];
/** PS3.18 section 8.3.5.1. */
const RENDERING = ['annotation', 'quality', 'viewport', 'window'];

const ATTRIBUTES = [...KEYS.study, ...KEYS.series, ...KEYS.instance];
const named = (attribute: string) =>
  attribute
    .split('.')
    .map((tag) => keywordOf(tag) ?? tag)
    .join('.');

const multipart = (type: string) => `multipart/related; type="${type}"`;
const withSyntax = (type: string, syntaxes: readonly string[]) =>
  syntaxes.map((uid) => `${type}; transfer-syntax=${uid}`);

const read = { verb: 'GET', bodyMediaTypes: [] } as const;

const search = (id: string, path: string, level: SearchLevel): Capability => ({
  ...read,
  path,
  id,
  mediaTypes: METADATA,
  queryParameters: [...SEARCH, ...ATTRIBUTES.filter((attribute) => isKeyAt(attribute, level)).map(named)],
  headers: ['Accept'],
});

const ENCAPSULATED = [...targetSyntaxes.values()].filter(({ isNative }) => !isNative).map(({ uid }) => uid);
/** A type and the syntax of frames. */
const FRAMES = [
  ...['*', EXPLICIT_LITTLE_ENDIAN, ...ENCAPSULATED].map((uid) => ['application/octet-stream', uid] as const),
  ...ENCAPSULATED.map((uid) => [pixelMediaType(uid), uid] as const),
];

const retrieval = (id: string, path: string, mediaTypes: readonly string[], headers = CONDITIONS): Capability => ({
  ...read,
  path,
  id,
  mediaTypes,
  queryParameters: ['accept', 'version'],
  headers,
});

const picture = (id: string, path: string, mediaTypes: readonly string[], queryParameters: readonly string[]) => ({
  ...retrieval(id, path, mediaTypes),
  queryParameters: ['accept', 'version', ...queryParameters],
});

/** PS3.18 section 10.4 wants to be told which SOP Classes are rendered. */
const RENDERED =
  'Images; Encapsulated PDF; Grayscale and Color Softcopy Presentation States ' +
  '(1.2.840.10008.5.1.4.1.1.11.1, 1.2.840.10008.5.1.4.1.1.11.2) as the images that they refer to, without window and region';

/** PS3.18 section 10.5. */
const store = (id: string, path: string): Capability => ({
  verb: 'POST',
  path,
  id,
  mediaTypes: ['application/dicom+json', 'application/dicom+xml'],
  bodyMediaTypes: [
    multipart('application/dicom'),
    'application/dicom',
    multipart('application/dicom+json'),
    multipart('application/dicom+xml'),
  ],
  queryParameters: [],
  headers: ['Accept'],
});

/** Everything that is served at `/dicom-web`, in one table: a spec compares it with the routes. */
export const capabilities: readonly Capability[] = [
  store('StoreInstances', 'studies'),
  store('StoreStudyInstances', 'studies/{studyUid}'),
  search('SearchForStudies', 'studies', 'study'),
  search('SearchForSeries', 'series', 'series'),
  search('SearchForInstances', 'instances', 'instance'),
  search('SearchForStudySeries', 'studies/{studyUid}/series', 'series'),
  search('SearchForStudyInstances', 'studies/{studyUid}/instances', 'instance'),
  search('SearchForStudySeriesInstances', `${SERIES}/instances`, 'instance'),
  ...LEVELS.map(([level, path]) => {
    const parts = withSyntax(multipart('application/dicom'), SYNTAXES);
    return level === 'Instance'
      ? retrieval(
          `Retrieve${level}`,
          path,
          [...parts, ...withSyntax('application/dicom', SYNTAXES)],
          [...RANGES, 'Want-Repr-Digest'],
        )
      : retrieval(`Retrieve${level}`, path, parts);
  }),
  ...LEVELS.map(([level, path]) =>
    retrieval(`Retrieve${level}Metadata`, `${path}/metadata`, METADATA, [...CONDITIONS, 'Accept-Encoding']),
  ),
  ...LEVELS.map(([level, path]) => ({
    ...picture(`RetrieveRendered${level}`, `${path}/rendered`, [...PICTURES, ...PICTURES.map(multipart)], RENDERING),
    documentation: RENDERED,
  })),
  ...LEVELS.map(([level, path]) => picture(`Retrieve${level}Thumbnail`, `${path}/thumbnail`, PICTURES, ['viewport'])),
  retrieval(
    'RetrieveFrames',
    `${INSTANCE}/frames/{frames}`,
    FRAMES.flatMap(([type, uid]) => [multipart(type), type].map((each) => `${each}; transfer-syntax=${uid}`)),
    RANGES,
  ),
  picture(
    'RetrieveRenderedFrames',
    `${INSTANCE}/frames/{frames}/rendered`,
    [...PICTURES, ...PICTURES.map(multipart)],
    RENDERING,
  ),
  picture('RetrieveFrameThumbnail', `${INSTANCE}/frames/{frames}/thumbnail`, PICTURES, ['viewport']),
  retrieval(
    'RetrieveInstanceBulkdata',
    `${INSTANCE}/bulkdata/{tag}`,
    ['application/octet-stream', multipart('application/octet-stream')],
    RANGES,
  ),
];
