import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import cedar from '@cedar-policy/cedar-wasm/nodejs';
import type { AccessAction } from '@yinglian/contracts';
import { LRUCache } from 'lru-cache';

const ANSWERS_AT_MOST = 10_000;
const POLICIES = new URL('../../policies/', import.meta.url);

export interface PolicyVerdict {
  readonly permitted: boolean;
  /** Ids of the policies that decided. */
  readonly policies: readonly string[];
}

/** What is asked about: nobody in particular, a person, or one study. */
export type PolicyResource =
  | { readonly type: 'Province' }
  | { readonly type: 'Person'; readonly id: string }
  | { readonly type: 'Study'; readonly id: string; readonly ownerHospital: string | null };

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
    readonly treating: boolean;
    readonly declared: boolean;
    readonly objected: boolean;
    readonly brokeGlass: boolean;
    readonly own: boolean;
  };
}

/** The Cedar policies of a folder, checked against their schema and parsed once per process. Throws when they are wrong. */
export class Policies {
  /** Changes with every change of a policy; each decision is recorded with it. */
  readonly version: string;
  readonly ids: readonly string[];
  private readonly answers = new LRUCache<string, PolicyVerdict>({ max: ANSWERS_AT_MOST });

  constructor(folder: URL = POLICIES) {
    const files = readdirSync(folder).filter((name) => name.endsWith('.cedar'));
    const text = files
      .sort()
      .map((name) => readFileSync(new URL(name, folder), 'utf8'))
      .join('\n');
    const schema = readFileSync(new URL('access.cedarschema', folder), 'utf8');
    this.version = createHash('sha256').update(schema).update(text).digest('hex').slice(0, 16);
    const staticPolicies = policiesById(text);
    this.ids = Object.keys(staticPolicies);
    const validated = cedar.validate({ schema, policies: { staticPolicies } });
    if (validated.type === 'failure') throw new Error(`The policies cannot be read: ${messages(validated.errors)}`);
    const wrong = validated.validationErrors.map(({ policyId, error }) => `${policyId}: ${error.message}`);
    if (wrong.length > 0) throw new Error(`The policies are wrong: ${wrong.join('; ')}`);
    const parsed = cedar.preparsePolicySet(this.version, { staticPolicies });
    if (parsed.type === 'failure') throw new Error(`The policies cannot be parsed: ${messages(parsed.errors)}`);
  }

  /** The same question always has the same answer, so the last ones are remembered. */
  ask(question: PolicyQuestion): PolicyVerdict {
    const key = JSON.stringify(question);
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
          attrs: resource.type === 'Study' ? known('ownerHospital', resource.ownerHospital) : {},
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

/** Cedar names policies by their place; auditors know them by their @id. */
function policiesById(text: string): Record<string, string> {
  const parts = cedar.policySetTextToParts(text);
  if (parts.type === 'failure') throw new Error(`The policies cannot be read: ${messages(parts.errors)}`);
  const entries = parts.policies.map((policy) => {
    const id = /@id\("([a-z-]+)"\)/.exec(policy)?.[1];
    if (id === undefined) throw new Error('A policy has no @id');
    return [id, policy] as const;
  });
  if (entries.length === 0) throw new Error('There are no policies');
  if (new Set(entries.map(([id]) => id)).size !== entries.length) throw new Error('Two policies have one @id');
  return Object.fromEntries(entries);
}

const known = (name: string, value: string | null): Record<string, string> => (value === null ? {} : { [name]: value });
const messages = (errors: readonly { message: string }[]) => errors.map(({ message }) => message).join('; ');
