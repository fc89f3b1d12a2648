import type { Capability } from './capabilities.js';

interface Resource {
  readonly path: string;
  readonly methods: Capability[];
  readonly children: Resource[];
}

/** A Web Application Description (PS3.18 annex H), a resource within the one that its address goes on from. */
export function wadlOf(base: string, capabilities: readonly Capability[]): string {
  const resources = treeOf(capabilities).map((resource) => resourceXml(resource, 2));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<application xmlns="http://wadl.dev.java.net/2009/02">',
    `  <resources base="${escaped(base)}">`,
    ...resources,
    '  </resources>',
    '</application>',
    '',
  ].join('\n');
}

function treeOf(capabilities: readonly Capability[]): Resource[] {
  const root: Resource = { path: '', methods: [], children: [] };
  for (const capability of capabilities) {
    capability.path.split('/').reduce(childOf, root).methods.push(capability);
  }
  return root.children;
}

function childOf({ children }: Resource, path: string): Resource {
  const known = children.find((child) => child.path === path);
  if (known !== undefined) return known;
  const added = { path, methods: [], children: [] };
  children.push(added);
  return added;
}

function resourceXml({ path, methods, children }: Resource, depth: number): string {
  const name = /^\{(.+)\}$/.exec(path)?.[1];
  const lines = [
    `<resource path="${escaped(path)}">`,
    ...(name === undefined ? [] : [`  <param name="${name}" style="template" required="true"/>`]),
    ...methods
      .flatMap((method) => verbsOf(method).flatMap((verb) => methodXml(method, verb)))
      .map((line) => `  ${line}`),
    ...children.map((child) => resourceXml(child, 1)),
    '</resource>',
  ];
  return lines
    .flatMap((text) => text.split('\n'))
    .map((line) => `${'  '.repeat(depth)}${line}`)
    .join('\n');
}

const verbsOf = ({ verb }: Capability) => (verb === 'GET' ? ['GET', 'HEAD'] : [verb]);

function methodXml(capability: Capability, verb: string): string[] {
  const { id, mediaTypes, bodyMediaTypes, queryParameters, headers, documentation } = capability;
  const options = mediaTypes.map((type) => `      <option value="${escaped(type)}"/>`);
  const shown = mediaTypes.map((type) => `    <representation mediaType="${escaped(type)}"/>`);
  return [
    `<method name="${verb}" id="${verb === 'HEAD' ? `${id}Head` : id}">`,
    ...(documentation === undefined ? [] : [`  <doc>${escaped(documentation)}</doc>`]),
    '  <request>',
    ...headers.flatMap((name) =>
      name === 'Accept'
        ? ['    <param name="Accept" style="header">', ...options, '    </param>']
        : [`    <param name="${name}" style="header"/>`],
    ),
    ...queryParameters.map((name) => `    <param name="${escaped(name)}" style="query"/>`),
    ...bodyMediaTypes.map((type) => `    <representation mediaType="${escaped(type)}"/>`),
    '  </request>',
    '  <response status="200">',
    ...(verb === 'HEAD' ? [] : shown),
    '  </response>',
    ...(headers.includes('Range') ? ['  <response status="206"/>'] : []),
    ...(headers.includes('If-None-Match') ? ['  <response status="304"/>'] : []),
    ...(verb === 'POST'
      ? [
          '  <response status="202 409 413">',
          ...shown,
          '  </response>',
          '  <response status="400 401 403 406 415 503"/>',
        ]
      : ['  <response status="400 401 403 404 406"/>']),
    '</method>',
  ];
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
