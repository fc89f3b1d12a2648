import type { CtSeries } from '@yinglian/testing';
import type { Hospital } from '../schedule/fault.js';

export interface OfferedImage {
  readonly sopInstanceUid: string;
  /** SHA-256 of its data set. */
  readonly sha256: string;
  /** Whether a hospital's gateway has said that it has it, at least once. */
  readonly isAcknowledged: boolean;
}

export interface OfferedStudy {
  readonly hospital: Hospital;
  readonly studyInstanceUid: string;
  readonly images: readonly OfferedImage[];
}

/** What devices have sent, and what of it was acknowledged: the truth that the province is compared with. */
export class OfferedImages {
  private readonly offered: {
    hospital: Hospital;
    series: Pick<CtSeries, 'studyInstanceUid'>;
    images: [string, string][];
  }[] = [];
  private readonly acknowledged = new Set<string>();

  offer(hospital: Hospital, { studyInstanceUid, slices }: CtSeries): void {
    this.offered.push({
      hospital,
      series: { studyInstanceUid },
      images: slices.map(({ sopInstanceUid, sha256 }) => [sopInstanceUid, sha256]),
    });
  }

  readonly acknowledge = (sopInstanceUid: string): void => {
    this.acknowledged.add(sopInstanceUid);
  };

  isAcknowledged(sopInstanceUid: string): boolean {
    return this.acknowledged.has(sopInstanceUid);
  }

  get acknowledgedCount(): number {
    return this.acknowledged.size;
  }

  get studies(): OfferedStudy[] {
    return this.offered.map(({ hospital, series, images }) => ({
      hospital,
      studyInstanceUid: series.studyInstanceUid,
      images: images.map(([sopInstanceUid, sha256]) => ({
        sopInstanceUid,
        sha256,
        isAcknowledged: this.acknowledged.has(sopInstanceUid),
      })),
    }));
  }
}
