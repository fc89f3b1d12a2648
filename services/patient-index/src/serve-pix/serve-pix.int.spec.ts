import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MllpClient } from '@yinglian/hl7';
import { type CertificateFiles, machineHas, TestAuthority } from '@yinglian/testing';
import { feed, other, pixQuery } from '../testing/pix-messages.js';
import { PixWorld } from '../testing/pix-world.js';

(machineHas('pydicom') ? describe : describe.skip)('HL7 v2 of the patient index', () => {
  let world: PixWorld;
  beforeAll(async () => {
    world = await PixWorld.start({ PIX_MAX_MESSAGE_BYTES: '4096', PIX_FRAME_MS: '500' });
  });
  afterAll(() => world.stop());

  it.each([
    [
      'a sender that is not known',
      feed('A04', { ids: '1^^^ONE', sender: 'HIS|NINE' }),
      'The sender (MSH-3, MSH-4) is not known here',
    ],
    [
      'one that has to come over TLS',
      feed('A04', { ids: '1^^^ONE', sender: 'EAI|ONE' }),
      'The sender (MSH-3, MSH-4) is not known here',
    ],
    ['an event that is not taken', other('ADT^A03'), 'Messages of this event are not taken'],
    ['a query that is not answered', other('QBP^ZV1^QBP_Q21'), 'Messages of this event are not taken'],
    ['a type that is not taken', other('ORU^R01'), 'Messages of this type are not taken'],
    [
      'a message that is too long',
      feed('A04', { ids: '1^^^ONE', name: '长'.repeat(2_000) }),
      'The message is too long',
    ],
  ])('refuses %s', async (_, message, text) => {
    const [msa] = await world.ask(message);
    expect(msa?.split('|').filter((_field, at) => at !== 2)).toEqual(['MSA', 'AR', text]);
  });

  it('refuses what is no message, and separators that separate nothing', async () => {
    const answers = await world.say(['PID|||1^^^ONE\r', 'MSHA^~\\&AHISAONE\r', 'MSH|^^\\&|HIS|ONE\r']);
    expect(answers.map(([, msa]) => msa)).toEqual(
      Array(3).fill(['MSA', 'AR', '', 'The message does not begin with an MSH segment']),
    );
  });

  it('reads and answers in the separators of the sender', async () => {
    const query = pixQuery('404^^^ONE').replaceAll('|', '*').replaceAll('^', '!').replace('!~\\&', '!%$@');
    const raw = await MllpClient.connect(world.port);
    try {
      const segments = (await raw.send(Buffer.from(query))).toString().split('\r');
      expect([segments[0]?.slice(0, 9), segments[2]]).toEqual([
        'MSH*!%$@*',
        'ERR**QPD!1!3!1!1*204!Unknown key identifier!HL70357*E',
      ]);
    } finally {
      raw.close();
    }
  });

  it('refuses bytes that are in no character set it knows', async () => {
    const raw = await MllpClient.connect(world.port);
    try {
      const message = feed('A04', { ids: '1^^^ONE', name: '@', charset: 'UNICODE UTF-8', controlId: 'b' });
      const bytes = Buffer.from(message.replace('|@|', '|\xff\xff|'), 'latin1');
      const [, msa] = (await raw.send(bytes)).toString().split('\r');
      expect(msa).toBe('MSA|AR|b|The message is not in the character set of MSH-18');
    } finally {
      raw.close();
    }
  });

  it('closes a connection on which a message does not end', async () => {
    const socket = connect(world.port, '127.0.0.1');
    socket.write('\x0bMSH|^~\\&|HIS|ONE');
    await new Promise((closed) => socket.once('close', closed));
    expect(socket.bytesRead).toBe(0);
  });

  it('answers twice in enhanced mode, and nothing to an acknowledgement', async () => {
    const raw = await MllpClient.connect(world.port);
    try {
      const message = feed('A04', { ids: 'E1^^^ONE', name: '谢^怜', controlId: 'e' }).replace(
        '|P|2.3.1',
        '|P|2.3.1|||AL|AL',
      );
      const receipt = raw.send(Buffer.from(message));
      const processed = raw.send(Buffer.from('MSH|^~\\&|HIS|ONE|PIX|YL|||ACK|1|P|2.3.1\rMSA|AA|e\r'));
      const answers = [await receipt, await processed].map((answer) => answer.toString().split('\r')[1]);
      expect(answers).toEqual(['MSA|CA|e', 'MSA|AA|e']);
    } finally {
      raw.close();
    }
  });
});

describe('HL7 v2 of the patient index over TLS', () => {
  let world: PixWorld;
  let authority: TestAuthority;
  let foreign: TestAuthority;
  beforeAll(async () => {
    [authority, foreign] = [await TestAuthority.create(), await TestAuthority.create()];
    const own = await authority.issue('index');
    world = await PixWorld.start({
      PIX_TLS_PORT: 'next',
      PIX_TLS_KEY_FILE: own.key,
      PIX_TLS_CERTIFICATE_FILE: own.certificate,
      PIX_TLS_CA_FILE: authority.certificate,
    });
  });
  afterAll(async () => {
    await world.stop();
    await Promise.all([authority.remove(), foreign.remove()]);
  });

  const ask = async (sender: string, shown?: CertificateFiles) => {
    const own = shown === undefined ? {} : { key: await readFile(shown.key), cert: await readFile(shown.certificate) };
    const ca = await readFile(authority.certificate);
    const checkServerIdentity = () => undefined;
    const client = await MllpClient.connect(world.tlsPort, '127.0.0.1', { ca, ...own, checkServerIdentity });
    try {
      const query = pixQuery('404^^^ONE', '', { sender, controlId: 't' });
      return (await client.send(Buffer.from(query))).toString().split('\r')[1];
    } finally {
      client.close();
    }
  };

  it('hears a partner that shows the certificate of its name', async () => {
    expect(await ask('EAI|ONE', await authority.issue('eai.one'))).toBe('MSA|AE|t');
  });

  it('hears nobody in another name than that of the certificate, and nobody who needs none', async () => {
    const unknown = 'MSA|AR|t|The sender (MSH-3, MSH-4) is not known here';
    expect(await ask('EAI|ONE', await authority.issue('his.two'))).toBe(unknown);
    expect(await ask('PACS|THREE', await authority.issue('eai.one'))).toBe(unknown);
  });

  it('speaks with nobody who shows none, or one of another authority', async () => {
    await expect(ask('EAI|ONE')).rejects.toThrow();
    await expect(ask('EAI|ONE', await foreign.issue('eai.one'))).rejects.toThrow();
  });
});
