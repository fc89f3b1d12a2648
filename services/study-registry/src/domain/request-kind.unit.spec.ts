import { expect, it } from '@jest/globals';
import { requestKind } from './request-kind.js';

it.each([
  ['PUT', '/api/study-registry/packs/:digest', 'receive'],
  ['GET', '/api/study-registry/packs/:digest', null],
  ['POST', '/dicom-web/studies', 'receive'],
  ['POST', '/dicom-web/studies/:studyUid', 'receive'],
  ['POST', '/dicom-web/studies/:studyUid/series', null],
  ['GET', '/dicom-web/studies', 'find'],
  ['GET', '/dicom-web/studies/:study/series/:series/instances', 'find'],
  ['GET', '/dicom-web/studies/:study', 'retrieve'],
  ['GET', '/dicom-web/studies/:study/series/:series', 'retrieve'],
  ['GET', '/dicom-web/studies/:study/series/:series/instances/:instance/frames/:frames', 'retrieve'],
  ['POST', '/api/study-registry/own-studies', null],
  ['GET', '/api/study-registry/persons/:personId/studies', 'find'],
  ['GET', '/fhir/ImagingStudy', 'find'],
  ['GET', undefined, null],
])('%s %s is %s', (method, route, kind) => {
  expect(requestKind(method, route)).toBe(kind);
});
