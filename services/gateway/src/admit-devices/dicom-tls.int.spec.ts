import { once } from 'node:events';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectSecurely } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '@yinglian/servers';
import {
  type CertificateFiles,
  ctSeries,
  fileOf,
  machineHas,
  peerScript,
  peersPython,
  runProgram,
  TestAuthority,
} from '@yinglian/testing';
import { eventually, TestGateway } from '../testing/test-gateway.js';

(machineHas('dcmtk', 'pydicom') ? describe : describe.skip)('DICOM over TLS', () => {
  let gateway: TestGateway;
  let authority: TestAuthority;
  let foreign: TestAuthority;
  let device: CertificateFiles;
  let folder: string;
  let port: number;
  const own = (name: string) => join(folder, name);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-tls-'));
    [authority, foreign] = [await TestAuthority.create(), await TestAuthority.create()];
    device = await authority.issue('device');
    await present(await authority.issue('gateway'));
    port = await freePort();
    gateway = await TestGateway.start({
      ARTIM_MS: '1000',
      DICOM_TLS_PORT: String(port),
      DICOM_TLS_KEY_FILE: own('gateway.key'),
      DICOM_TLS_CERTIFICATE_FILE: own('gateway.pem'),
      DICOM_TLS_CA_FILE: authority.certificate,
    });
  });
  afterAll(async () => {
    await gateway.stop();
    await authority.remove();
    await foreign.remove();
    await rm(folder, { recursive: true, force: true });
  });

  /** The gateway finds these files from now on. */
  const present = async ({ key, certificate }: CertificateFiles) => {
    await copyFile(key, own('gateway.key'));
    await copyFile(certificate, own('gateway.pem'));
  };

  const pynetdicom = async (version: string, shown?: CertificateFiles) => {
    const identity = shown === undefined ? [] : [shown.certificate, shown.key];
    const args = [String(port), 'H001GW', 'PYNETDICOM', authority.certificate, version, ...identity];
    const { stdout, output } = await runProgram(peersPython, [peerScript('pynetdicom-tls.py'), ...args]);
    try {
      return JSON.parse(stdout);
    } catch {
      throw new Error(output);
    }
  };

  it('is spoken with pynetdicom in TLS 1.3 and 1.2, with forward secrecy and authenticated encryption', async () => {
    expect(await pynetdicom('1.3', device)).toEqual({ status: 0, cipher: 'TLS_AES_256_GCM_SHA384' });
    expect(await pynetdicom('1.2', device)).toEqual({ status: 0, cipher: 'ECDHE-ECDSA-AES256-GCM-SHA384' });
  });

  it('is not spoken in TLS 1.1', async () => {
    expect(await pynetdicom('1.1', device)).toEqual({ status: null, cipher: null });
  });

  it('takes images from DCMTK', async () => {
    const series = ctSeries(3);
    const files = await Promise.all(
      series.slices.map(async (slice) => {
        await writeFile(own(`${slice.sopInstanceUid}.dcm`), fileOf(slice));
        return own(`${slice.sopInstanceUid}.dcm`);
      }),
    );
    const tls = ['+tls', device.key, device.certificate, '+cf', authority.certificate];
    const sent = await gateway.storescu(files, tls, port);
    expect(sent.output.match(/Received Store Response \(Success\)/g)).toHaveLength(3);
    await eventually('3 instances are at the registry', async () => (await gateway.province.instances()).length === 3);
  });

  it('is refused in the handshake without a certificate, with an expired one, and with one of another authority', async () => {
    const nobody = { status: null, cipher: null };
    expect(await pynetdicom('1.2')).toEqual(nobody);
    expect(await pynetdicom('1.2', await authority.issue('late', -1))).toEqual(nobody);
    expect(await pynetdicom('1.2', await foreign.issue('stranger'))).toEqual(nobody);
    expect(await pynetdicom('1.3', await foreign.issue('stranger'))).toEqual(nobody);
    expect(await pynetdicom('1.2', device)).toMatchObject({ status: 0 });
  });

  it('ends connections whose handshake does not end', async () => {
    const silent = connect(port, '127.0.0.1').on('error', () => undefined);
    const halfway = connect(port, '127.0.0.1').on('error', () => undefined);
    halfway.write(Buffer.from('1603010200010001fc0303', 'hex'));
    await Promise.all([once(silent.resume(), 'close'), once(halfway.resume(), 'close')]);
  });

  it('takes over another certificate while it runs, and stays with the old one when key and certificate differ', async () => {
    const renewed = await authority.issue('renewed');
    await copyFile(renewed.certificate, own('gateway.pem'));
    await eventually('the alarm is raised', async () => gateway.output.includes('DICOM_TLS_FILES_INVALID'));
    expect(await subjectShown()).toBe('gateway');
    await copyFile(renewed.key, own('gateway.key'));
    await eventually('the other certificate is shown', async () => (await subjectShown()) === 'renewed');
    expect(await pynetdicom('1.3', device)).toMatchObject({ status: 0 });
  });

  const subjectShown = async () => {
    const socket = connectSecurely({ port, host: '127.0.0.1', rejectUnauthorized: false });
    socket.on('error', () => undefined);
    await once(socket, 'secureConnect');
    const { subject } = socket.getPeerCertificate();
    socket.destroy();
    return subject.CN;
  };
});
