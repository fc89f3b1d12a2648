import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '@yinglian/servers';
import { type CertificateFiles, machineHas, TestAuthority } from '@yinglian/testing';
import { Agent, type RequestInit, fetch as undiciFetch } from 'undici';
import { PageClient, writeHospitalFile } from '../testing/page-client.js';
import { eventually, TestGateway } from '../testing/test-gateway.js';

const PASSWORD = 'an invented pass phrase';

/** As another machine sees this one; undefined where there is no network. */
const outerAddress = Object.values(networkInterfaces())
  .flat()
  .find((each) => each?.family === 'IPv4' && !each.internal)?.address;

describe('the page of a gateway over TLS', () => {
  let folder: string;
  let authority: TestAuthority;
  let trusting: Agent;
  let gateway: TestGateway;
  let port: number;
  const own = (name: string) => join(folder, name);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-page-tls-'));
    authority = await TestAuthority.create();
    trusting = new Agent({ connect: { ca: await readFile(authority.certificate, 'utf8') } });
    await present(await authority.issue('page'));
    await writeHospitalFile(own('hospital.json'), PASSWORD);
    port = await freePort();
    gateway = await TestGateway.start({
      HOST: '0.0.0.0',
      HOSPITAL_FILE: own('hospital.json'),
      PAGE_TLS_PORT: String(port),
      PAGE_TLS_KEY_FILE: own('page.key'),
      PAGE_TLS_CERTIFICATE_FILE: own('page.pem'),
    });
  });
  afterAll(async () => {
    await trusting?.close();
    await gateway?.stop();
    await authority?.remove();
    await rm(folder, { recursive: true, force: true });
  });

  /** The gateway finds these files from now on. */
  const present = async ({ key, certificate }: CertificateFiles) => {
    await copyFile(key, own('page.key'));
    await copyFile(certificate, own('page.pem'));
  };
  const secureUrl = () => `https://127.0.0.1:${port}`;
  /** Trusts the hospital's own authority, and nobody else. */
  const send = ((url: string, init: RequestInit = {}) =>
    undiciFetch(url, { ...init, dispatcher: trusting })) as unknown as typeof fetch;
  const fromElsewhere = (path: string, init: globalThis.RequestInit = {}) =>
    fetch(`${gateway.url.replace('127.0.0.1', outerAddress ?? '')}${path}`, { redirect: 'manual', ...init });
  const subjectShown = () =>
    new Promise<string>((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
        resolve(String(socket.getPeerCertificate().subject.CN));
        socket.destroy();
      }).on('error', reject);
    });

  it('signs a person in with a cookie that goes over TLS only, and shows them the status', async () => {
    const page = new PageClient({ url: secureUrl() }, secureUrl, send);
    const opened = await page.signIn('qin', PASSWORD);
    expect([opened.status, opened.headers.getSetCookie()]).toEqual([
      200,
      [expect.stringMatching(/; HttpOnly; Secure; SameSite=Strict$/)],
    ]);
    expect((await page.ask('GET', 'status')).status).toBe(200);
  });

  it('is not trusted by who does not know the authority, and not spoken in TLS 1.1', async () => {
    await expect(fetch(secureUrl())).rejects.toThrow('fetch failed');
    const old = new Promise((resolve, reject) => {
      const options = {
        port,
        host: '127.0.0.1',
        rejectUnauthorized: false,
        minVersion: 'TLSv1',
        maxVersion: 'TLSv1.1',
      };
      connect({ ...options, ciphers: 'ALL@SECLEVEL=0' } as object, () => resolve('spoken')).on('error', reject);
    });
    await expect(old).rejects.toThrow();
  });

  it('stays open over plain HTTP to the gateway’s own machine', async () => {
    const page = new PageClient(gateway);
    const opened = await page.signIn('qin', PASSWORD);
    expect([opened.status, opened.headers.getSetCookie()]).toEqual([200, [expect.not.stringContaining('Secure')]]);
  });

  (machineHas('network') ? it : it.skip)('takes no password from elsewhere over plain HTTP', async () => {
    const outer = gateway.url.replace('127.0.0.1', outerAddress ?? '');
    const refused = await new PageClient({ url: outer }).signIn('qin', PASSWORD);
    expect([refused.status, await refused.json()]).toMatchObject([403, { code: 'PAGE_NEEDS_TLS' }]);
    const shown = await fromElsewhere('/');
    expect([shown.status, shown.headers.get('location')]).toEqual([307, `https://${outerAddress}:${port}/`]);
    expect((await fromElsewhere('/healthz')).status).toBe(200);
  });

  it('takes over another certificate while it runs, says when one ends soon, and stays with what fits', async () => {
    const renewed = await authority.issue('renewed', 5);
    await copyFile(renewed.certificate, own('page.pem'));
    await eventually('it is said', async () => gateway.output.includes('PAGE_TLS_FILES_INVALID'));
    expect(await subjectShown()).toBe('page');
    await copyFile(renewed.key, own('page.key'));
    await eventually('the other certificate is shown', async () => (await subjectShown()) === 'renewed');
    await eventually('its end is said', async () => gateway.output.includes('PAGE_CERTIFICATE_ENDS'));
  });

  it('keeps a gateway from starting whose files do not fit together', async () => {
    await gateway.kill();
    await copyFile((await authority.issue('other')).key, own('page.key'));
    gateway.output = '';
    await expect(gateway.run()).rejects.toThrow(/key values mismatch/i);
    await expect(fetch(gateway.url)).rejects.toThrow('fetch failed');
    await present(await authority.issue('again'));
    await gateway.run();
    expect(await subjectShown()).toBe('again');
  });
});
