const ROWS = 300_000;

/** Accesses of thirty hospitals and 3,000 accounts within 300 days; one in a hundred is refused, one in ten is a further row, few changed an account or looked in an emergency. */
export const FILL_ACCESSES = `INSERT INTO accesses (position, event_id, access_id, at, count, subject, display_name, roles, actor_hospital, action,
    purpose_of_use, person_id, study_uid, owner_hospital, query, outcome, code, policies, policy_version, service, trace_id,
    further, break_glass_id)
  SELECT n - 1, gen_random_uuid(), ('00000000-0000-4000-8000-' || lpad((n - (n % 10 = 0)::int)::text, 12, '0'))::uuid,
    '2026-01-01Z'::timestamptz + n * interval '86.4 seconds', 1, 'account.' || n % 3000, '医生' || n % 3000, '{clinician}',
    'H' || lpad((n % 29)::text, 3, '0'), CASE WHEN n % 5000 = 11 THEN 'staff.change' ELSE 'study.retrieve' END,
    CASE WHEN n % 3000 = 13 THEN 'BTG' ELSE 'TREAT' END, 'P' || lpad((n % 50000)::text, 26, '0'),
    '1.2.' || n % 100000, 'H' || lpad((n % 30)::text, 3, '0'), '{}', CASE WHEN n % 100 = 7 THEN 'deny' ELSE 'permit' END,
    'TREATING_HOSPITAL', '{clinician-opens-when-treating}', 'v', 'study-registry', '', n % 10 = 0,
    CASE WHEN n % 1000 = 3 THEN ('00000000-0000-4000-9000-' || lpad((n / 10000)::text, 12, '0'))::uuid END
  FROM generate_series(1, ${ROWS}) AS n`;
