import type { EventData, GatewayReportedV1 } from '@yinglian/contracts';
import { first, type Sql, storableJson } from '@yinglian/persistence';

export type GatewayReport = EventData<typeof GatewayReportedV1>;

/** What gateways reported of days. */
export class GatewayReportStore {
  constructor(private readonly sql: Sql) {}

  /** The last word of a gateway on a day counts. */
  async put(report: GatewayReport): Promise<void> {
    await this.sql.query(
      `INSERT INTO gateway_reports (day, hospital, reported_at, is_verified, exams, deadlines, studies, gaps)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (day, hospital) DO UPDATE
       SET reported_at = excluded.reported_at, is_verified = excluded.is_verified, exams = excluded.exams,
         deadlines = excluded.deadlines, studies = excluded.studies, gaps = excluded.gaps
       WHERE gateway_reports.reported_at <= excluded.reported_at`,
      [
        report.day,
        report.hospital,
        report.reportedAt,
        report.isVerified,
        storableJson(report.exams),
        storableJson(report.deadlines),
        report.studies,
        storableJson(report.gaps),
      ],
    );
  }

  async find(hospital: string, day: string): Promise<Pick<GatewayReport, 'hospital' | 'day' | 'gaps'> | undefined> {
    return first(
      this.sql,
      `SELECT $2::text AS day, hospital, gaps FROM gateway_reports WHERE day = $2::date AND hospital = $1`,
      [hospital, day],
    );
  }

  /** Reports of the days `from` to `to`, both included, by day and hospital. */
  between(from: string, to: string): Promise<GatewayReport[]> {
    return this.sql.query<GatewayReport>(
      `SELECT to_char(day, 'YYYY-MM-DD') AS day, hospital,
         to_char(reported_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "reportedAt",
         is_verified AS "isVerified", exams, deadlines, studies, gaps
       FROM gateway_reports WHERE day BETWEEN $1 AND $2 ORDER BY day, hospital`,
      [from, to],
      'gateway-reports',
    );
  }
}
