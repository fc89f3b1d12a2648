import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '@yinglian/servers';

export interface PacsPeer {
  readonly aeTitle: string;
  readonly port: number;
}

const PATIENCE_MS = 30_000;

/** Orthanc as a hospital's PACS: it is sent images, searched, and sends images to the peers that it knows. */
export class HospitalPacs {
  readonly aeTitle = 'PACS';
  private child: ChildProcess | undefined;

  private constructor(
    private readonly folder: string,
    readonly dicomPort: number,
    private readonly httpPort: number,
    private readonly peers: readonly PacsPeer[],
    private readonly settings: Readonly<Record<string, unknown>>,
  ) {}

  /** @param peers to whom C-MOVE may send */
  static async start(peers: readonly PacsPeer[], settings: Record<string, unknown> = {}): Promise<HospitalPacs> {
    const folder = await mkdtemp(join(tmpdir(), 'yinglian-pacs-'));
    const [dicomPort, httpPort] = await freePorts(2);
    if (dicomPort === undefined || httpPort === undefined) throw new Error('No port is free');
    const pacs = new HospitalPacs(folder, dicomPort, httpPort, peers, settings);
    await pacs.run();
    return pacs;
  }

  /** Starts it, again or for the first time, with what it stored. */
  async run(): Promise<void> {
    const configuration = join(this.folder, 'orthanc.json');
    const storage = join(this.folder, 'storage');
    const modalities = this.peers.map(({ aeTitle, port }) => [aeTitle, [aeTitle, '127.0.0.1', port]]);
    await writeFile(
      configuration,
      JSON.stringify({
        StorageDirectory: storage,
        IndexDirectory: storage,
        DicomAet: this.aeTitle,
        DicomPort: this.dicomPort,
        HttpPort: this.httpPort,
        DicomAlwaysAllowStore: true,
        DicomAlwaysAllowFind: true,
        DicomAlwaysAllowGet: true,
        DicomAlwaysAllowMove: true,
        RemoteAccessAllowed: false,
        AuthenticationEnabled: false,
        Plugins: [],
        DicomModalities: Object.fromEntries(modalities),
        ...this.settings,
      }),
    );
    this.child = spawn('Orthanc', [configuration], { stdio: 'ignore' });
    this.child.on('error', () => undefined);
    const deadline = Date.now() + PATIENCE_MS;
    while (!(await this.isThere())) {
      if (Date.now() > deadline || this.child.exitCode !== null) throw new Error('Orthanc does not start');
      await new Promise((wait) => setTimeout(wait, 50));
    }
  }

  /** Takes Part 10 files over its own interface. */
  async store(files: readonly Buffer[]): Promise<void> {
    for (const file of files) {
      const answer = await fetch(`${this.url}/instances`, { method: 'POST', body: new Uint8Array(file) });
      if (!answer.ok) throw new Error(`Orthanc answers ${answer.status}`);
    }
  }

  /** The Part 10 files that it has, in no order. */
  async files(): Promise<Buffer[]> {
    const ids = JSON.parse((await this.read('/instances')).toString()) as string[];
    const files: Buffer[] = [];
    for (const id of ids) files.push(await this.read(`/instances/${id}/file`));
    return files;
  }

  /** It closes connections that it kept without a word, now and then while an answer is on its way: asked once more then. */
  private async read(path: string): Promise<Buffer> {
    const ask = async () => Buffer.from(await (await fetch(`${this.url}${path}`)).arrayBuffer());
    return ask().catch(ask);
  }

  /** Goes away; `run` brings it back. */
  async halt(): Promise<void> {
    const { child } = this;
    if (child === undefined || child.exitCode !== null) return;
    const ended = new Promise((end) => child.once('exit', end));
    child.kill('SIGTERM');
    await ended;
  }

  async stop(): Promise<void> {
    await this.halt();
    await rm(this.folder, { recursive: true, force: true });
  }

  private get url(): string {
    return `http://127.0.0.1:${this.httpPort}`;
  }

  private async isThere(): Promise<boolean> {
    return (await fetch(`${this.url}/system`).catch(() => undefined))?.ok ?? false;
  }
}
