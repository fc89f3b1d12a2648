import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RawSender } from '../testing/raw-sender.js';
import { visit } from '../testing/sample-messages.js';
import { eventually, TestGateway } from '../testing/test-gateway.js';

/** What asks for a person: the gateway has no visit without its number. */
const WITHOUT_VISIT = { visit: '' };

describe('senders in enhanced mode', () => {
  let gateway: TestGateway;
  let sender: RawSender;
  beforeAll(async () => {
    gateway = await TestGateway.start();
  });
  afterAll(() => gateway.stop());
  beforeEach(async () => {
    sender = await RawSender.connect(gateway.hl7Port);
  });
  afterEach(() => sender.close());

  let patients = 0;
  const asking = (controlId: string, conditions: string, told: object = {}) => {
    patients += 1;
    return visit('A01', { controlId, patientId: `E${patients}`, visit: `VE${patients}`, ...told }).replace(
      '|P|2.4|||||CHN|',
      `|P|2.4|||${conditions}|CHN|`,
    );
  };
  /** Ends the conversation with a message that is answered in original mode, so that what never comes is seen. */
  const heard = async (...messages: string[]) => {
    for (const message of messages) sender.send(message);
    sender.send(visit('A28', { controlId: 'end', patientId: 'END' }));
    sender.endHalf();
    await eventually('the connection has ended', async () => sender.isClosed);
    return sender.codes.filter((code) => code !== 'AA end');
  };

  it.each<[conditions: string, good: string[], bad: string[]]>([
    ['AL|AL', ['CA 1', 'AA 1'], ['CA 1', 'AE 1']],
    ['AL|SU', ['CA 1', 'AA 1'], ['CA 1']],
    ['AL|ER', ['CA 1'], ['CA 1', 'AE 1']],
    ['AL|NE', ['CA 1'], ['CA 1']],
    ['AL|', ['CA 1'], ['CA 1']],
    ['SU|AL', ['CA 1', 'AA 1'], ['CA 1', 'AE 1']],
    ['ER|AL', ['AA 1'], ['AE 1']],
    ['ER|ER', [], ['AE 1']],
    ['ER|NE', [], []],
    ['NE|SU', ['AA 1'], []],
    ['NE|NE', [], []],
    ['NE|AL', ['AA 1'], ['AA 1']],
  ])('that ask for %s hear of receipt and of processing what they ask for', async (conditions, good, bad) => {
    expect(await heard(asking('1', conditions))).toEqual(good);
    sender = await RawSender.connect(gateway.hl7Port);
    expect(await heard(asking('1', conditions, WITHOUT_VISIT))).toEqual(bad);
  });

  it('hear why a message waits for a person, without a value of it', async () => {
    await heard(asking('w', 'NE|ER', { ...WITHOUT_VISIT, patientId: 'SECRET' }));
    const [answer = ''] = sender.answers;
    expect(answer).toContain('MSA|AE|w|Kept, and waits for a person: VISIT_NUMBER_MISSING at PV1-19');
    expect(answer).toMatch(/\|NE\|NE\r/);
    expect(answer).not.toContain('SECRET');
  });

  it('hear that a message waits behind another one, and of the same bytes again what became of them', async () => {
    const patient = { patientId: 'HELD' };
    const first = asking('p', 'AL|AL', { ...patient, ...WITHOUT_VISIT });
    const second = asking('q', 'AL|AL', patient);
    const codes = await heard(first, second, second);
    expect(codes.filter((code) => code.endsWith('q')).sort()).toEqual(['AE q', 'AE q', 'CA q', 'CA q']);
    expect(sender.answers.filter((answer) => answer.includes('waits behind an earlier message'))).toHaveLength(2);
  });

  it('that answer an answer are not answered again', async () => {
    expect(await heard('MSH|^~\\&|HIS|H1|GW|P|20260102||ACK^A01^ACK|z|P|2.4\rMSA|CA|1\r')).toEqual([]);
  });
});
