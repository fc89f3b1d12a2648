import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freeRange, peerScript, peersPython, runProgram } from '@yinglian/testing';
import { PatientIndexService } from './patient-index-service.js';

/** An invented province of three hospitals; H002 gives out numbers of two kinds. */
const SETTINGS = {
  province: { namespace: 'YL', oid: '1.2.156.99' },
  domains: [
    { namespace: 'ONE', oid: '1.2.156.99.1', hospital: 'H001' },
    { namespace: 'TWO', oid: '1.2.156.99.2', hospital: 'H002' },
    { namespace: 'TWO-OPD', hospital: 'H002', issuer: 'OPD' },
    { namespace: 'THREE', oid: '1.2.156.99.3', hospital: 'H003' },
  ],
  partners: [
    { client: 'his-1', hospital: 'H001', application: 'HIS', facility: 'ONE', feeds: ['ONE'] },
    {
      client: 'his-2',
      hospital: 'H002',
      application: 'HIS',
      facility: 'TWO',
      feeds: ['TWO', 'TWO-OPD'],
      queries: true,
    },
    { client: 'pacs-3', hospital: 'H003', application: 'PACS', facility: 'THREE', queries: true },
    { client: 'tls-1', hospital: 'H001', application: 'EAI', facility: 'ONE', certificate: 'eai.one', queries: true },
  ],
};

/** The patient index as hospitals' systems reach it over MLLP; python-hl7 is the system. */
export class PixWorld {
  private constructor(
    readonly index: PatientIndexService,
    readonly port: number,
    readonly tlsPort: number,
    private readonly folder: string,
  ) {}

  /** With `PIX_TLS_PORT` set to anything, TLS is spoken on the next port. */
  static async start(settings: Record<string, string> = {}): Promise<PixWorld> {
    const folder = await mkdtemp(join(tmpdir(), 'yinglian-pix-'));
    const file = join(folder, 'pix.json');
    await writeFile(file, JSON.stringify(SETTINGS));
    const port = await freeRange(2);
    const tls = 'PIX_TLS_PORT' in settings ? { PIX_TLS_PORT: String(port + 1) } : {};
    const ports = { PIX_PORT: String(port), ...tls };
    const index = await PatientIndexService.start(1, { PIX_FILE: file, ...settings, ...ports });
    return new PixWorld(index, port, port + 1, folder);
  }

  /** The answers by their segments, each by its fields. */
  async say(messages: readonly string[], encoding = 'utf-8'): Promise<string[][][]> {
    const script = [peerScript('hl7-ask.py'), String(this.port), encoding];
    const { stdout, output } = await runProgram(peersPython, script, JSON.stringify(messages));
    const answers = stdout.split('\n').filter((line) => line !== '');
    if (answers.length !== messages.length) throw new Error(output);
    return answers.map((line) => JSON.parse(line) as string[][]);
  }

  /** One answer, without its header. */
  async ask(message: string, encoding?: string): Promise<string[]> {
    const [answer = []] = await this.say([message], encoding);
    return answer.slice(1).map((fields) => fields.join('|'));
  }

  async stop(): Promise<void> {
    await this.index.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
