import { AccessDevice, PurposeOfUse, Role } from '@yinglian/contracts';
import type { Policies, PolicyQuestion } from './policies.js';

/** What no policies of a province may permit: each limit with what it refuses. Two security administrators cannot sign beyond it. */
const LIMITS: readonly (readonly [id: string, refuses: (question: PolicyQuestion) => boolean])[] = [
  // 个人信息保护法, article 44; past it goes an emergency alone, article 13(4).
  [
    'objections-are-obeyed',
    (asked) => isAboutImages(asked) && isElsewhere(asked) && asked.context.objected && !isEmergency(asked),
  ],
  // Administrators manage, and look at nobody (article 51).
  ['administrators-see-nobody', (asked) => has(asked, 'administrator') || has(asked, 'security-administrator')],
  ['auditors-see-no-images', (asked) => has(asked, 'auditor') && isAboutImages(asked)],
  ['stewards-open-nothing', (asked) => has(asked, 'steward') && asked.action === 'study.retrieve'],
  ['who-is-nothing-sees-nothing', ({ principal }) => principal.roles.length === 0],
  // 医疗机构病历管理规定, article 15.
  [
    'strangers-open-nothing',
    (asked) => asked.action === 'study.retrieve' && has(asked, 'clinician') && isElsewhere(asked) && isStranger(asked),
  ],
];

/** The ids of limits that the policies go beyond. */
export function limitsBrokenBy(policies: Policies): string[] {
  const broken = new Set<string>();
  for (const question of questions()) {
    const refusing = LIMITS.filter(([id, refuses]) => !broken.has(id) && refuses(question));
    if (refusing.length > 0 && policies.ask(question).permitted) for (const [id] of refusing) broken.add(id);
  }
  return [...broken].sort();
}

const has = ({ principal }: PolicyQuestion, role: Role) => principal.roles.includes(role);
const isAboutImages = ({ action }: PolicyQuestion) => action === 'study.list' || action === 'study.retrieve';
const isElsewhere = ({ principal, resource }: PolicyQuestion) =>
  resource.type === 'Study' && (principal.hospital === null || principal.hospital !== resource.ownerHospital);
const isEmergency = (asked: PolicyQuestion) => has(asked, 'clinician') && asked.context.brokeGlass;
const isStranger = ({ context }: PolicyQuestion) =>
  context.daysSinceVisit === undefined &&
  context.daysSinceOrder === undefined &&
  context.daysSinceReferral === undefined &&
  context.daysSinceStudy === undefined &&
  !context.declared &&
  !context.brokeGlass;

const EITHER = [false, true];

/** What the limits tell apart, for one role at a time, and for who has none. */
function* questions(): Generator<PolicyQuestion> {
  for (const role of [null, ...Role.options])
    for (const hospital of [null, 'H001', 'H002']) {
      const principal = { id: 'a', roles: role === null ? [] : [role], scopes: [], hospital, department: null };
      for (const [action, resource] of ABOUT_STUDIES)
        for (const closed of closures())
          for (const context of contexts(closed)) yield { principal, action, resource, context };
      for (const [action, resource] of ABOUT_OTHERS)
        for (const context of contexts(NOTHING_CLOSED)) yield { principal, action, resource, context };
    }
}

/** Of a hospital that has to do with the person in every way. */
const CLOSEST = { daysSinceVisit: 0, daysSinceOrder: 0, daysSinceReferral: 0, daysSinceStudy: 0 };

type Context = PolicyQuestion['context'];
type Closure = Pick<Context, 'objected' | 'brokeGlass'>;

const NOTHING_CLOSED: Closure = { objected: false, brokeGlass: false };

function* closures(): Generator<Closure> {
  for (const objected of EITHER) for (const brokeGlass of EITHER) yield { objected, brokeGlass };
}

function* contexts(closure: Closure): Generator<Context> {
  for (const purposeOfUse of PurposeOfUse.options)
    for (const device of AccessDevice.options)
      for (const relationship of [{}, CLOSEST])
        yield {
          purposeOfUse,
          device,
          secondFactor: device === 'browser',
          ...relationship,
          declared: false,
          own: false,
          ...closure,
        };
}

const STUDY = { type: 'Study', id: '1.2', ownerHospital: 'H001' } as const;
const PROVINCE = { type: 'Province' } as const;
type Asked = readonly (readonly [PolicyQuestion['action'], PolicyQuestion['resource']])[];
const ABOUT_STUDIES: Asked = [
  ['study.retrieve', STUDY],
  ['study.list', STUDY],
];
const ABOUT_OTHERS: Asked = [
  ['study.search', PROVINCE],
  ['person.search', PROVINCE],
  ['person.read', { type: 'Person', id: 'P' }],
  ['audit.search', PROVINCE],
  ['audit.export', PROVINCE],
];
