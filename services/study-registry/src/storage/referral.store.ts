import type { EventData, ReferralRecordedV1 } from '@yinglian/contracts';
import type { Sql } from '@yinglian/persistence';

/** Keeps whom a hospital has referred to another; what is known by a later message stays. */
export async function recordReferral(sql: Sql, referral: EventData<typeof ReferralRecordedV1>): Promise<void> {
  const { hospital, referralId, referredTo, patient, status, effectiveAt, expiresAt, recordedAt } = referral;
  await sql.query(
    `INSERT INTO referrals AS known (hospital, referral_id, referred_to, patient_issuer, patient_id, status, effective_at, expires_at,
       recorded_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (hospital, referral_id, referred_to) DO UPDATE
     SET patient_issuer = excluded.patient_issuer, patient_id = excluded.patient_id, status = excluded.status,
       effective_at = coalesce(excluded.effective_at, known.effective_at), expires_at = coalesce(excluded.expires_at, known.expires_at),
       recorded_at = excluded.recorded_at
     WHERE known.recorded_at <= excluded.recorded_at`,
    [hospital, referralId, referredTo, patient.issuer, patient.id, status, effectiveAt, expiresAt, recordedAt],
  );
}
