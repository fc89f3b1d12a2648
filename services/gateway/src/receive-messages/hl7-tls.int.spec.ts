import { readFile } from 'node:fs/promises';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MllpClient } from '@yinglian/hl7';
import { freePort } from '@yinglian/servers';
import { type CertificateFiles, TestAuthority } from '@yinglian/testing';
import { visit } from '../testing/sample-messages.js';
import { TestGateway } from '../testing/test-gateway.js';

describe('HL7 over TLS', () => {
  let gateway: TestGateway;
  let authority: TestAuthority;
  let foreign: TestAuthority;
  let port: number;

  beforeAll(async () => {
    [authority, foreign] = [await TestAuthority.create(), await TestAuthority.create()];
    const own = await authority.issue('gateway');
    port = await freePort();
    gateway = await TestGateway.start({
      HL7_TLS_PORT: String(port),
      DICOM_TLS_KEY_FILE: own.key,
      DICOM_TLS_CERTIFICATE_FILE: own.certificate,
      DICOM_TLS_CA_FILE: authority.certificate,
    });
  });
  afterAll(async () => {
    await gateway.stop();
    await authority.remove();
    await foreign.remove();
  });

  const send = async (shown?: CertificateFiles) => {
    const own = shown === undefined ? {} : { key: await readFile(shown.key), cert: await readFile(shown.certificate) };
    const ca = await readFile(authority.certificate);
    const sender = await MllpClient.connect(port, '127.0.0.1', { ca, ...own, checkServerIdentity: () => undefined });
    try {
      return (await sender.send(Buffer.from(visit('A28', { controlId: 't' })))).toString().split('\r')[1];
    } finally {
      sender.close();
    }
  };

  it('takes messages of senders whom the hospital certified', async () => {
    expect(await send(await authority.issue('his'))).toBe('MSA|AA|t');
  });

  it('takes none without a certificate, with an expired one, or with one of another authority', async () => {
    await expect(send()).rejects.toThrow();
    await expect(send(await authority.issue('late', -1))).rejects.toThrow();
    await expect(send(await foreign.issue('stranger'))).rejects.toThrow();
  });

  it('is not spoken in TLS 1.1', async () => {
    const socket = connect({
      port,
      host: '127.0.0.1',
      maxVersion: 'TLSv1.1',
      minVersion: 'TLSv1',
      rejectUnauthorized: false,
    });
    await expect(new Promise((done, failed) => socket.on('secureConnect', done).on('error', failed))).rejects.toThrow();
    socket.destroy();
  });
});
