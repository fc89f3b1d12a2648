import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { machineHas, peersPython, runProgram } from '@yinglian/testing';
import { RegistryService } from '../testing/registry-service.js';
import { type Capability, capabilities } from './capabilities.js';

const WADL = 'application/vnd.sun.wadl+xml';

/** Every method of every resource of a WADL document on standard input, by its whole address. */
const READ_WADL = `
import json, sys
from xml.etree import ElementTree
wadl = {'w': 'http://wadl.dev.java.net/2009/02'}
found = []
def walk(resource, path):
    here = f"{path}/{resource.get('path')}"
    found.extend([method.get('name'), here] for method in resource.findall('w:method', wadl))
    for child in resource.findall('w:resource', wadl):
        walk(child, here)
[resources] = ElementTree.fromstring(sys.stdin.read()).findall('w:resources', wadl)
for resource in resources.findall('w:resource', wadl):
    walk(resource, '')
print(json.dumps([resources.get('base'), found]))
`;

describe('what DICOMweb says that it can do', () => {
  let registry: RegistryService;
  beforeAll(async () => {
    registry = await RegistryService.start();
  });
  afterAll(() => registry.stop());

  const ask = (method: string, path: string, accept: string) => registry.ask(method, path, { headers: { accept } });
  const addresses = (wanted: Capability['verb']) =>
    capabilities.flatMap(({ verb, path }) => (verb === wanted ? [`/dicom-web/${path}`] : [])).sort();

  it('is what is routed, no more and no less', async () => {
    const { json } = await ask('GET', '/api/study-registry/openapi.json', '*/*');
    const routed = (verb: string) =>
      Object.entries<object>(json.paths).flatMap(([path, methods]) =>
        /^\/dicom-web\/\w/.test(path) && verb in methods ? [path] : [],
      );
    // Parts of an address have other names here and there.
    const unnamed = (paths: readonly string[]) =>
      [...new Set(paths.map((path) => path.replace(/\{\w+\}/g, '{}')))].sort();
    expect(unnamed(routed('get'))).toEqual(unnamed(addresses('GET')));
    expect(unnamed(routed('post'))).toEqual(unnamed(addresses('POST')));
    expect(new Set(capabilities.map(({ id }) => id)).size).toBe(capabilities.length);
  });

  it.each([
    ['OPTIONS', '/dicom-web'],
    ['OPTIONS', '/dicom-web/'],
    ['OPTIONS', '/dicom-web/studies/1.2.3'],
    ['GET', '/dicom-web'],
    ['GET', '/dicom-web/'],
  ])('is told by %s %s to who has not signed in', async (method, path) => {
    const { status, headers, body } = await ask(method, path, WADL);
    expect([status, headers.get('content-type'), headers.get('allow')]).toEqual([
      200,
      WADL,
      'OPTIONS, GET, HEAD, POST',
    ]);
    expect(body.toString()).toMatch(/<doc>[^<]*Presentation States[^<]*<\/doc>/);
    expect(body.toString()).toContain(`<resources base="${registry.address}/dicom-web">`);
  });

  it('is not told where there is nothing', async () => {
    const { status, json } = await ask('GET', '/dicom-web/patients', '*/*');
    expect([status, json.code]).toEqual([404, 'NOT_FOUND']);
  });

  it('is the same in JSON, and nothing else', async () => {
    const { json, headers } = await ask('OPTIONS', '/dicom-web', 'application/json');
    expect(headers.get('content-type')).toBe('application/json');
    expect(json.base).toBe(`${registry.address}/dicom-web`);
    expect(json.resources.map(({ path }: Capability) => path)).toEqual(capabilities.map(({ path }) => path));
    expect(json.resources.find(({ id }: Capability) => id === 'RetrieveStudy')).toMatchObject({
      path: 'studies/{studyUid}',
      mediaTypes: expect.arrayContaining([
        'multipart/related; type="application/dicom"; transfer-syntax=1.2.840.10008.1.2.4.80',
      ]),
    });
    const rendered = json.resources.find(({ id }: Capability) => id === 'RetrieveRenderedInstance');
    expect(rendered.documentation).toContain('1.2.840.10008.5.1.4.1.1.11.1');
    const searched = json.resources.find(({ id }: Capability) => id === 'SearchForStudySeries')?.queryParameters;
    expect(searched).toEqual(expect.arrayContaining(['limit', 'Modality']));
    const other = await ask('OPTIONS', '/dicom-web', 'text/plain');
    expect([other.status, other.json.code]).toEqual([406, 'NOT_ACCEPTABLE']);
  });

  (machineHas('pydicom') ? it : it.skip)('is a tree that a parser of XML reads', async () => {
    const { body } = await ask('OPTIONS', '/dicom-web', WADL);
    const { stdout, output } = await runProgram(peersPython, ['-c', READ_WADL], body.toString());
    if (stdout === '') throw new Error(output);
    const [base, methods]: [string, [string, string][]] = JSON.parse(stdout);
    expect(base).toBe(`${registry.address}/dicom-web`);
    const described = (verb: string) =>
      methods.flatMap(([name, path]) => (name === verb ? [`/dicom-web${path}`] : [])).sort();
    expect(described('GET')).toEqual(addresses('GET'));
    expect(described('HEAD')).toEqual(addresses('GET'));
    expect(described('POST')).toEqual(addresses('POST'));
  });
});
