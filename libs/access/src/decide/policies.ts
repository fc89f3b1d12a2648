import { createHash } from 'node:crypto';
import cedar from '@cedar-policy/cedar-wasm/nodejs';
import type { AccessAction, AccessDevice } from '@yinglian/contracts';
import { messageOf } from '@yinglian/platform';
import { LRUCache } from 'lru-cache';
import { type PolicyText, shippedPolicies } from './policy-text.js';

const ANSWERS_AT_MOST = 10_000;
/** What is about one account, person or study is a consent or a relationship, and no policy. */
const ONE_BY_NAME = /\b(Account|Person|Study)::"[^"]*"/g;

export interface PolicyVerdict {
  readonly permitted: boolean;
  /** Ids of the policies that decided. */
  readonly policies: readonly string[];
}

/** What is asked about: nobody in particular, a person, or one study. */
export type PolicyResource =
  | { readonly type: 'Province' }
  | { readonly type: 'Person'; readonly id: string }
  | {
      readonly type: 'Study';
      readonly id: string;
      readonly ownerHospital: string | null;
      readonly confidentiality?: string;
    };

export interface PolicyQuestion {
  readonly principal: {
    readonly id: string;
    readonly roles: readonly string[];
    readonly scopes: readonly string[];
    readonly hospital: string | null;
    readonly department: string | null;
  };
  /** `study.list`: one study in the answer of a search. */
  readonly action: AccessAction | 'study.list';
  readonly resource: PolicyResource;
  readonly context: {
    readonly purposeOfUse: string;
    readonly device: AccessDevice;
    readonly secondFactor: boolean;
    readonly daysSinceVisit?: number;
    readonly daysSinceOrder?: number;
    readonly daysSinceReferral?: number;
    readonly daysSinceStudy?: number;
    readonly declared: boolean;
    readonly objected: boolean;
    readonly brokeGlass: boolean;
    readonly own: boolean;
  };
}

/** Cedar policies, checked against their schema and parsed once per process. */
export class Policies {
  private readonly answers = new LRUCache<string, PolicyVerdict>({ max: ANSWERS_AT_MOST });

  private constructor(
    /** Changes with every change of a policy or of the schema; each decision is recorded with it. */
    readonly version: string,
    readonly text: PolicyText,
    private readonly byId: Readonly<Record<string, string>>,
  ) {}

  get ids(): readonly string[] {
    return Object.keys(this.byId);
  }

  /** The Cedar text of one policy; empty when there is none of the id. */
  textOf(id: string): string {
    return this.byId[id] ?? '';
  }

  /** Throws with what is wrong with them. */
  static of(text: PolicyText): Policies {
    const wrong = faultsOf(text);
    if (wrong.length > 0) throw new Error(`The policies are wrong: ${wrong.join('; ')}`);
    const version = versionOf(text);
    const staticPolicies = policiesById(text);
    const parsed = cedar.preparsePolicySet(version, { staticPolicies });
    if (parsed.type === 'failure') throw new Error(`The policies cannot be parsed: ${messages(parsed.errors)}`);
    return new Policies(version, text, staticPolicies);
  }

  static shipped(): Policies {
    return Policies.of(shippedPolicies());
  }

  /** The same question always has the same answer, so the last ones are remembered. Policies name nobody: who and which study it is does not matter. */
  ask(question: PolicyQuestion): PolicyVerdict {
    const key = JSON.stringify(question, (name, value) => (name === 'id' ? undefined : value));
    const known = this.answers.get(key);
    if (known !== undefined) return known;
    const verdict = this.evaluate(question);
    this.answers.set(key, verdict);
    return verdict;
  }

  private evaluate({ principal, action, resource, context }: PolicyQuestion): PolicyVerdict {
    const account = { type: 'Account', id: principal.id };
    const about = { type: resource.type, id: resource.type === 'Province' ? 'province' : resource.id };
    const answer = cedar.statefulIsAuthorized({
      principal: account,
      action: { type: 'Action', id: action },
      resource: about,
      context: { ...context },
      preparsedPolicySetId: this.version,
      entities: [
        {
          uid: account,
          attrs: {
            roles: [...principal.roles],
            scopes: [...principal.scopes],
            ...known('hospital', principal.hospital),
            ...known('department', principal.department),
          },
          parents: [],
        },
        {
          uid: about,
          attrs: resource.type === 'Study' ? studyOf(resource) : {},
          parents: [],
        },
      ],
    });
    if (answer.type === 'failure') throw new Error(`The policies gave no answer: ${messages(answer.errors)}`);
    const { decision, diagnostics } = answer.response;
    if (diagnostics.errors.length > 0) throw new Error('A policy could not be evaluated');
    return { permitted: decision === 'allow', policies: [...diagnostics.reason].sort() };
  }
}

/** What keeps these policies from being used, in words; nothing when they can be. */
export function faultsOf(text: PolicyText): string[] {
  try {
    const named = Object.values(text.files).flatMap((file) => file.match(ONE_BY_NAME) ?? []);
    const staticPolicies = policiesById(text);
    const validated = cedar.validate({ schema: text.schema, policies: { staticPolicies } });
    if (validated.type === 'failure') return validated.errors.map(({ message }) => message);
    return [
      ...named.map((name) => `${name}: a policy is about no one in particular`),
      ...validated.validationErrors.map(({ policyId, error }) => `${policyId}: ${error.message}`),
    ];
  } catch (error) {
    return [messageOf(error)];
  }
}

/** Of the schema and all files, in the order of their names. */
export function versionOf({ files, schema }: PolicyText): string {
  const text = Object.keys(files)
    .sort()
    .map((name) => files[name])
    .join('\n');
  return createHash('sha256').update(schema).update(text).digest('hex').slice(0, 16);
}

/** Cedar names policies by their place; auditors know them by their @id. */
function policiesById({ files }: PolicyText): Record<string, string> {
  const parts = cedar.policySetTextToParts(Object.values(files).join('\n'));
  if (parts.type === 'failure') throw new Error(messages(parts.errors));
  const entries = parts.policies.map((policy) => {
    const id = /@id\("([a-z-]+)"\)/.exec(policy)?.[1];
    if (id === undefined) throw new Error('A policy has no @id');
    return [id, policy] as const;
  });
  if (entries.length === 0) throw new Error('There are no policies');
  if (new Set(entries.map(([id]) => id)).size !== entries.length) throw new Error('Two policies have one @id');
  return Object.fromEntries(entries);
}

const studyOf = ({ ownerHospital, confidentiality }: Extract<PolicyResource, { type: 'Study' }>) => ({
  ...known('ownerHospital', ownerHospital),
  ...known('confidentiality', confidentiality ?? null),
});
const known = (name: string, value: string | null): Record<string, string> => (value === null ? {} : { [name]: value });
const messages = (errors: readonly { message: string }[]) => errors.map(({ message }) => message).join('; ');
