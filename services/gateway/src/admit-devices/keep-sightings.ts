import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { z } from 'zod';
import { Ledger } from '../ledger/ledger.js';
import { DeviceSightings } from './device-sightings.js';

const KEEP_EVERY_MS = 5_000;
const Instant = z.string().nullable();
const Row = z.object({
  ae_title: z.string(),
  last_association_at: Instant,
  last_echo_at: Instant,
  last_image_at: Instant,
  images: z.number(),
});
const KEEP = `INSERT INTO device_sightings (ae_title, last_association_at, last_echo_at, last_image_at, images)
  VALUES (?1, ?2, ?3, ?4, ?5)
  ON CONFLICT (ae_title) DO UPDATE SET last_association_at = ?2, last_echo_at = ?3, last_image_at = ?4, images = ?5`;

/** What was seen of devices survives a restart; a gateway that is killed forgets the last seconds. */
@Injectable()
export class KeepSightings implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(KeepSightings.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly ledger: Ledger,
    private readonly sightings: DeviceSightings,
  ) {}

  onApplicationBootstrap(): void {
    for (const row of this.ledger.query(Row, 'SELECT * FROM device_sightings')) {
      this.sightings.restore({
        aeTitle: row.ae_title,
        lastAssociationAt: row.last_association_at ?? undefined,
        lastEchoAt: row.last_echo_at ?? undefined,
        lastImageAt: row.last_image_at ?? undefined,
        images: row.images,
      });
    }
    this.timer = setInterval(() => this.keep(), KEEP_EVERY_MS).unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
    this.keep();
  }

  private keep(): void {
    try {
      this.ledger.transaction(() => {
        for (const { aeTitle, lastAssociationAt, lastEchoAt, lastImageAt, images } of this.sightings.takeChanged()) {
          const instants = [lastAssociationAt, lastEchoAt, lastImageAt].map((instant) => instant ?? null);
          this.ledger.prepare(KEEP).run(aeTitle, ...instants, images);
        }
      });
    } catch (error) {
      this.logger.error({ err: error }, 'What was seen of devices cannot be kept');
    }
  }
}
