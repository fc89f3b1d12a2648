import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  changedSetDigest,
  EMPTY_SET_DIGEST,
  type NamedBytes,
  type PackManifest,
  PackOutline,
  parseHeader,
  readManifest,
} from '@yinglian/dicom';

export interface ReceivedInstance {
  readonly manifest: PackManifest;
  readonly entry: PackManifest['instances'][number];
  /** The Part 10 file. */
  readonly file: Buffer;
}

/** A gateway that was told of a pull and brings nothing is told again; the registry waits longer. */
const TOLD_AGAIN_AFTER_MS = 1_000;
const LONGEST_KEPT_BYTES = 256 * 1024 * 1024;

export interface OfferedPrior {
  readonly studyInstanceUid: string;
  readonly ownerHospital: string;
  readonly patient: { readonly issuer: string; readonly id: string };
  readonly files: readonly Buffer[];
}

/**
 * What a gateway needs of the province, over real HTTP: a token endpoint, the directory's configuration, and the registry's
 * pack intake with its digest check. Whole systems are tested in e2e with the real ones.
 */
export class StandInProvince {
  readonly packs = new Map<string, Buffer>();
  /** Bytes of packs that are too long to be kept here; their digests were right. */
  readonly largePacks = new Map<string, number>();
  configuration: Record<string, unknown> = {
    hospital: 'H001',
    name: '省立医院',
    aeTitle: 'H001GW',
    callingAeTitles: ['STORESCU', 'PYNETDICOM', 'ECHOSCU', 'DCMSEND'],
    version: '1',
  };
  /** Answers to pack intake instead of taking them, in order; the last one stays. */
  registryAnswers: { status: number; code?: string }[] = [];
  /** So many packs are taken, or asked for, and the connection breaks before the answer. */
  losesAnswers = 0;
  /** Packs are taken and never answered. */
  withholdsAnswers = false;
  /** Packs of these series are answered with 500. */
  troublesome: readonly string[] = [];
  troubles = 0;
  /** The first instance in packs of these series is kept aside. */
  quarantined: readonly string[] = [];
  /** Under these UIDs other bytes are registered than came. */
  readonly registersOtherwise = new Map<string, string>();
  /** How often it was asked for the instances of a study. */
  instanceQuestions = 0;
  /** Packs are read so slowly that they do not arrive. */
  isSlow = false;
  /** Packs that are being read. */
  uploading = 0;
  /** What came of packs, whole or not, as far as it came in one go or behind what came before. */
  private readonly came = new Map<string, Buffer[]>();
  /** Of all packs together, those that came twice twice. */
  packBytes = 0;
  puts = 0;
  heads = 0;
  tokens = 0;

  /** What was said of packs that stay at the hospital. */
  readonly outlines = new Map<string, PackOutline>();
  /** Packs that somebody waits for; who asks is told of them until they are here or it was said that they will not be. */
  readonly pulls = new Map<string, string>();
  readonly pullOutcomes = new Map<string, unknown>();
  private readonly pullsTold = new Map<string, number>();
  /** Packs that the province would let go, until it was said whether they are at the hospital. */
  readonly toRelease = new Set<string>();
  readonly saidOfKept = new Map<string, unknown>();

  /** Studies that are asked of the gateway, and what it said came of them. */
  readonly studyRequests: { requestId: string; studyInstanceUid: string | null; accessionNumber: string | null }[] = [];
  readonly outcomes = new Map<string, unknown>();
  requestPolls = 0;
  /** What is offered to the gateway, by the ids of the offers. */
  readonly priors = new Map<string, OfferedPrior>();
  /** In which syntax the files are said to be, when not in their own. */
  priorSyntax: string | undefined;
  /** Files of priors that were asked for. */
  priorFiles = 0;
  /** Documents of reports, by their SHA-256. */
  readonly documents = new Map<string, string>();

  private constructor(
    private server: Server,
    readonly port: number,
  ) {}

  static async start(): Promise<StandInProvince> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const province = new StandInProvince(server, (server.address() as AddressInfo).port);
    province.serve();
    return province;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Goes away as a killed process does. */
  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  /** Comes back at the same address. */
  async restart(): Promise<void> {
    this.server = createServer();
    this.serve();
    await new Promise<void>((listening) => this.server.listen(this.port, '127.0.0.1', listening));
  }

  async instances(): Promise<ReceivedInstance[]> {
    const all = await Promise.all(
      [...this.packs.values()].map(async (pack) => {
        const manifest = await manifestOf(pack);
        return manifest.instances.map((entry) => ({
          manifest,
          entry,
          file: pack.subarray(entry.offset, entry.offset + entry.length),
        }));
      }),
    );
    return all.flat();
  }

  private serve(): void {
    this.server.on('request', (request, response) => void this.answer(request, response));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    if (path === '/oidc/token') {
      this.tokens += 1;
      return void json(200, { access_token: `token-${this.tokens}`, expires_in: 600, token_type: 'Bearer' });
    }
    if (!request.headers.authorization?.startsWith('Bearer token-')) return void json(401, { code: 'TOKEN_INVALID' });
    if (path.endsWith('/gateway-configuration')) {
      const etag = `"${createHash('sha256').update(JSON.stringify(this.configuration)).digest('hex')}"`;
      if (request.headers['if-none-match'] === etag) return void response.writeHead(304).end();
      return void json(200, this.configuration, { etag });
    }
    if (path === '/api/study-registry/own-studies') {
      const { studies } = JSON.parse(await textOf(request)) as { studies: string[] };
      return void json(200, { studies: await this.countOwn(studies) });
    }
    if (path === '/api/study-registry/own-studies/instances') {
      const { study } = JSON.parse(await textOf(request)) as { study: string };
      this.instanceQuestions += 1;
      return void json(200, { instances: [...((await this.registered()).get(study)?.values() ?? [])], next: null });
    }
    const document = /^\/api\/study-registry\/documents\/([0-9a-f]{64})$/.exec(path)?.[1];
    if (document !== undefined) {
      this.documents.set(document, await textOf(request));
      return void response.writeHead(201).end();
    }
    if (path.includes('/prior-offers')) return void (await this.answerPriors(path, request, response));
    if (path.endsWith('/study-requests')) {
      this.requestPolls += 1;
      return void json(200, { requests: this.studyRequests.filter(({ requestId }) => !this.outcomes.has(requestId)) });
    }
    const requestId = /\/study-requests\/([^/]+)\/outcome$/.exec(path)?.[1];
    if (requestId !== undefined) {
      this.outcomes.set(requestId, JSON.parse(await textOf(request)));
      return void response.writeHead(204).end();
    }
    if (path.includes('/pulls')) return void (await this.answerPulls(path, request, response));
    if (path.endsWith('/packs-to-release'))
      return void json(200, { packs: [...this.toRelease].filter((each) => !this.saidOfKept.has(each)) });
    const confirmed = /^\/api\/study-registry\/packs\/([0-9a-f]{64})\/kept$/.exec(path)?.[1];
    if (confirmed !== undefined) {
      this.saidOfKept.set(confirmed, JSON.parse(await textOf(request)));
      return void response.writeHead(204).end();
    }
    const outlined = /^\/api\/study-registry\/packs\/([0-9a-f]{64})\/outline$/.exec(path)?.[1];
    if (outlined !== undefined) return void (await this.answerOutline(outlined, request, response));
    const digest = /^\/api\/study-registry\/packs\/([0-9a-f]{64})$/.exec(path)?.[1];
    if (digest === undefined) return void json(404, { code: 'NOT_FOUND' });
    if (request.method === 'HEAD') {
      this.heads += 1;
      if (this.isAnswerLost()) return void request.socket.destroy();
      if (this.packs.has(digest)) return void response.writeHead(200).end();
      const offset = Buffer.concat(this.came.get(digest) ?? []).length;
      return void response.writeHead(404, { 'upload-offset': offset }).end();
    }
    if (Number(request.headers['content-length']) > LONGEST_KEPT_BYTES) {
      const isWhole = await this.takeLarge(digest, request);
      return void (isWhole
        ? json(201, { stored: 1, duplicates: 0, quarantined: 0, notServed: [] })
        : json(422, { code: 'PACK_DIGEST_MISMATCH' }));
    }
    const from = Number(/^bytes (\d+)-/.exec(request.headers['content-range'] ?? '')?.[1] ?? 0);
    const pieces = [Buffer.concat(this.came.get(digest) ?? []).subarray(0, from)];
    this.came.set(digest, pieces);
    this.uploading += 1;
    try {
      for await (const piece of request) {
        pieces.push(piece);
        this.packBytes += piece.length;
        while (this.isSlow && !request.destroyed) await new Promise((wait) => setTimeout(wait, 20));
      }
    } catch {
      return;
    } finally {
      this.uploading -= 1;
    }
    const body = Buffer.concat(pieces);
    this.came.delete(digest);
    if (body.length > 0) this.puts += 1;
    const planned = this.registryAnswers.length > 1 ? this.registryAnswers.shift() : this.registryAnswers[0];
    if (planned !== undefined) {
      const isTaken = planned.status === 200 && planned.code === undefined;
      return void json(planned.status, isTaken ? await this.countsOf(body) : { code: planned.code ?? 'PLANNED' });
    }
    const known = this.packs.get(digest);
    if (known !== undefined) return void json(200, await this.countsOf(known));
    if (createHash('sha256').update(body).digest('hex') !== digest) {
      return void json(422, { code: 'PACK_DIGEST_MISMATCH' });
    }
    const { seriesInstanceUid } = await manifestOf(body);
    if (this.troublesome.includes(seriesInstanceUid)) {
      this.troubles += 1;
      return void json(500, { code: 'UNEXPECTED' });
    }
    this.packs.set(digest, body);
    if (this.withholdsAnswers) return;
    if (this.isAnswerLost()) return void request.socket.destroy();
    return void json(201, await this.countsOf(body));
  }

  private async answerOutline(digest: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'HEAD') return void response.writeHead(this.outlines.has(digest) ? 200 : 404).end();
    const body = await bytesOf(request);
    const known = this.outlines.get(digest);
    const outline = known ?? PackOutline.parse(body);
    this.outlines.set(digest, outline);
    const manifest = await readManifest(outline.sizeBytes, (at, length) => outline.read(at, length));
    response
      .writeHead(known === undefined ? 201 : 200, { 'content-type': 'application/json' })
      .end(JSON.stringify(this.countsIn(manifest)));
  }

  private async answerPulls(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const digest = /\/pulls\/([0-9a-f]{64})\/outcome$/.exec(path)?.[1];
    if (digest !== undefined) {
      this.pullOutcomes.set(digest, JSON.parse(await textOf(request)));
      return void response.writeHead(204).end();
    }
    const isToTell = (each: string) => Date.now() - (this.pullsTold.get(each) ?? 0) > TOLD_AGAIN_AFTER_MS;
    const waiting = () =>
      [...this.pulls].filter(([each]) => !this.packs.has(each) && !this.pullOutcomes.has(each) && isToTell(each));
    const until = Date.now() + Number(new URL(path, this.url).searchParams.get('waitMs'));
    while (waiting().length === 0 && Date.now() < until && !request.socket.destroyed)
      await new Promise((wait) => setTimeout(wait, 10));
    const pulls = waiting().map(([each, studyInstanceUid]) => ({ digest: each, studyInstanceUid }));
    for (const each of pulls) this.pullsTold.set(each.digest, Date.now());
    response.writeHead(200).end(JSON.stringify({ pulls }));
  }

  private async countsOf(pack: Buffer) {
    return this.countsIn(await manifestOf(pack));
  }

  private countsIn({ seriesInstanceUid, instances }: PackManifest) {
    const quarantined = this.quarantined.includes(seriesInstanceUid) ? 1 : 0;
    return {
      stored: instances.length - quarantined,
      duplicates: 0,
      quarantined,
      notServed: quarantined === 1 ? [0] : [],
    };
  }

  private async takeLarge(digest: string, request: IncomingMessage): Promise<boolean> {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const piece of request) {
      hash.update(piece);
      bytes += piece.length;
    }
    if (hash.digest('hex') !== digest) return false;
    this.largePacks.set(digest, bytes);
    return true;
  }

  /** Distinct instances of each study, the first bytes of each, or what a spec says that it has instead. */
  private async registered(): Promise<Map<string, Map<string, NamedBytes>>> {
    const studies = new Map<string, Map<string, NamedBytes>>();
    for (const { manifest, entry } of await this.instances()) {
      const study = studies.get(manifest.studyInstanceUid) ?? new Map<string, NamedBytes>();
      studies.set(manifest.studyInstanceUid, study);
      const { sopInstanceUid, dataSetSha256 } = entry;
      if (study.has(sopInstanceUid)) continue;
      const wrong = this.registersOtherwise.get(sopInstanceUid);
      study.set(sopInstanceUid, { sopInstanceUid, dataSetSha256: wrong ?? dataSetSha256 });
    }
    return studies;
  }

  private async countOwn(studies: readonly string[]) {
    const registered = await this.registered();
    return studies.flatMap((studyInstanceUid) => {
      const instances = registered.get(studyInstanceUid);
      if (instances === undefined) return [];
      const digest = changedSetDigest(EMPTY_SET_DIGEST, [...instances.values()]);
      return [{ studyInstanceUid, registered: instances.size, quarantined: 0, digest }];
    });
  }

  private async answerPriors(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, offerId = '', what = ''] = /\/prior-offers\/([^/]+)\/(.*)$/.exec(path) ?? [];
    const offered = this.priors.get(offerId);
    if (request.method === 'PUT') {
      this.outcomes.set(offerId, JSON.parse(await textOf(request)));
      response.writeHead(204).end();
    } else if (what === 'instances') {
      const instances = (offered?.files ?? []).map((file) => this.describePrior(file));
      response.writeHead(200).end(JSON.stringify({ instances }));
    } else if (what !== '') {
      this.priorFiles += 1;
      response
        .writeHead(200)
        .end(offered?.files.find((file) => what.endsWith(this.describePrior(file).sopInstanceUid)));
    } else {
      await textOf(request);
      const open = [...this.priors].filter(([id]) => !this.outcomes.has(id));
      const offers = open.map(([id, { files: _, ...prior }]) => ({ offerId: id, ...prior }));
      response.writeHead(200).end(JSON.stringify({ offers }));
    }
  }

  private describePrior(file: Buffer) {
    const { dataSet, dataSetOffset, transferSyntaxUid } = parseHeader(file);
    return {
      seriesInstanceUid: dataSet.string('x0020000e') ?? '',
      sopClassUid: dataSet.string('x00080016') ?? '',
      sopInstanceUid: dataSet.string('x00080018') ?? '',
      transferSyntaxUid: this.priorSyntax ?? transferSyntaxUid,
      dataSetOffset,
    };
  }

  private isAnswerLost(): boolean {
    if (this.losesAnswers === 0) return false;
    this.losesAnswers -= 1;
    return true;
  }
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces);
}

const textOf = async (request: IncomingMessage) => (await bytesOf(request)).toString('utf8');

const manifestOf = (pack: Buffer): Promise<PackManifest> =>
  readManifest(pack.length, async (at, length) => pack.subarray(at, at + length));
