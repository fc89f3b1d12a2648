import { Injectable } from '@nestjs/common';
import { PullPacks } from '../pull-packs/pull-packs.js';
import { type PackReader, PackSource } from '../storage/pack-source.js';
import { LastingReader } from './lasting-reader.js';
import { NoteReadings } from './note-readings.js';

/** Packs as they are opened, noted as read. One that is let go while it is read is read on as it comes from its hospital. */
@Injectable()
export class NotedPacks extends PackSource {
  constructor(
    private readonly packs: PullPacks,
    private readonly readings: NoteReadings,
  ) {
    super();
  }

  isHere(digest: string): Promise<boolean> {
    return this.packs.isHere(digest);
  }

  askFor(digests: readonly string[]): Promise<ReadonlySet<string>> {
    return this.packs.askFor(digests);
  }

  async open(digest: string): Promise<PackReader> {
    this.readings.read(digest);
    return new LastingReader(await this.packs.open(digest), () => this.packs.open(digest));
  }
}
