import type { NewOfDay } from '../domain/actor-day.js';
import type { FindingRuleName } from '../domain/finding-rule.js';

interface CountedBy {
  /** Which records `a` of a day `d`. */
  readonly where: string;
  /** Of what: records themselves, or whom they are about. */
  readonly what: string;
  /** Whether there can be any. */
  concerns(day: NewOfDay): boolean;
}

const LOCAL_HOUR = "extract(hour FROM a.at AT TIME ZONE 'Asia/Shanghai')";
const OPENED = "a.action = 'study.retrieve' AND a.outcome = 'permit'";

const TREATING = ['clinician-opens-during-a-visit', 'clinician-opens-when-ordered', 'clinician-opens-when-referred'];

/** By nothing that says that the hospital treats the patient now: that it made a study once is true of all its former patients. */
export const OPENED_UNTREATED = `${OPENED} AND NOT a.policies && '{${TREATING}}'::text[]`;

/** The patient is another one of staff where the actor works. */
export const IS_COLLEAGUE = `EXISTS (
  SELECT FROM access_group(a.person_id) one JOIN staff_links s ON s.person_id = one AND s.unlinked_at IS NULL
    JOIN known_staff k ON k.subject = s.account
  WHERE k.active AND k.hospital = a.actor_hospital AND s.account <> a.subject
    AND s.persons <@ ARRAY(SELECT access_group(s.person_id)))`;

export const IS_VIP = `EXISTS (
  SELECT FROM access_group(a.person_id) one JOIN vips v ON v.person_id = one AND v.ended_at IS NULL)`;

const PERSONS = 'DISTINCT person_id';
const always = () => true;

export const COUNTED_BY: Readonly<Record<FindingRuleName, CountedBy>> = {
  DECLARED_ONLY: { where: `${OPENED} AND a.code = 'DECLARED_RELATIONSHIP'`, what: PERSONS, concerns: always },
  MORE_THAN_PEERS: { where: OPENED, what: PERSONS, concerns: always },
  AT_NIGHT: {
    where: `${OPENED} AND a.code <> 'HOME_HOSPITAL' AND (${LOCAL_HOUR} >= 22 OR ${LOCAL_HOUR} < 6)`,
    what: PERSONS,
    concerns: always,
  },
  BREAK_GLASS_CLUSTER: { where: "a.action = 'break-glass.open'", what: '*', concerns: always },
  REFUSED_OFTEN: { where: "a.outcome = 'deny' AND a.subject <> '-'", what: '*', concerns: always },
  OWN_RECORD: {
    where: `${OPENED} AND a.person_id = ANY (d.own)`,
    what: '*',
    concerns: ({ own }) => own.length > 0,
  },
  SAME_FAMILY: {
    where: `${OPENED} AND a.person_id = ANY (d.relatives)`,
    what: PERSONS,
    concerns: ({ relatives }) => relatives.length > 0,
  },
  COLLEAGUE: {
    where: `${OPENED_UNTREATED} AND a.person_id <> ALL (d.own) AND ${IS_COLLEAGUE}`,
    what: PERSONS,
    concerns: ({ metColleague }) => metColleague,
  },
  VIP: { where: `${OPENED_UNTREATED} AND ${IS_VIP}`, what: PERSONS, concerns: ({ metVip }) => metVip },
};
