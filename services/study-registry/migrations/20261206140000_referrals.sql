-- Whom hospitals have referred to others, as their HIS tells. Searched by the patient: the person's referrals are those of all their numbers.
CREATE TABLE referrals (
  hospital text NOT NULL,
  referral_id text NOT NULL,
  referred_to text NOT NULL,
  patient_issuer text NOT NULL,
  patient_id text NOT NULL,
  status text NOT NULL CHECK (status IN ('active', 'ended', 'cancelled')),
  effective_at timestamptz,
  expires_at timestamptz,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (hospital, referral_id, referred_to)
);
CREATE INDEX referrals_of_patient ON referrals (hospital, patient_issuer, patient_id);
