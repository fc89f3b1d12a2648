import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import cedar from '@cedar-policy/cedar-wasm/nodejs';

const folder = new URL('../../policies/', import.meta.url);
const SET = 'province';

export interface PolicyVerdict {
  readonly permitted: boolean;
  /** Ids of the policies that decided. */
  readonly policies: readonly string[];
}

export interface PolicyQuestion {
  readonly subject: string;
  readonly roles: readonly string[];
  readonly hospital: string;
  readonly action: string;
  readonly facts: {
    readonly purposeOfUse: string;
    readonly home: boolean;
    readonly treating: boolean;
    readonly declared: boolean;
    readonly objected: boolean;
  };
}

/** The Cedar policies of `policies/`, checked against their schema and parsed once per process. */
export class Policies {
  /** Changes with every change of a policy; each decision is recorded with it. */
  readonly version: string;
  readonly ids: readonly string[];

  constructor() {
    const files = readdirSync(folder)
      .filter((name) => name.endsWith('.cedar'))
      .sort();
    const text = files.map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n');
    const schema = readFileSync(new URL('access.cedarschema', folder), 'utf8');
    this.version = createHash('sha256').update(schema).update(text).digest('hex').slice(0, 16);
    const staticPolicies = policiesById(text);
    this.ids = Object.keys(staticPolicies);
    const validated = cedar.validate({ schema, policies: { staticPolicies } });
    if (validated.type === 'failure') throw new Error(`The policies cannot be read: ${messages(validated.errors)}`);
    if (validated.validationErrors.length > 0) {
      throw new Error(
        `The policies are wrong: ${validated.validationErrors.map(({ error }) => error.message).join('; ')}`,
      );
    }
    const parsed = cedar.preparsePolicySet(SET, { staticPolicies });
    if (parsed.type === 'failure') throw new Error(`The policies cannot be parsed: ${messages(parsed.errors)}`);
  }

  ask({ subject, roles, hospital, action, facts }: PolicyQuestion): PolicyVerdict {
    const principal = { type: 'Account', id: subject };
    const answer = cedar.statefulIsAuthorized({
      principal,
      action: { type: 'Action', id: action },
      resource: { type: 'Province', id: 'province' },
      context: { ...facts },
      preparsedPolicySetId: SET,
      entities: [{ uid: principal, attrs: { roles: [...roles], hospital }, parents: [] }],
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
  if (new Set(entries.map(([id]) => id)).size !== entries.length) throw new Error('Two policies have one @id');
  return Object.fromEntries(entries);
}

const messages = (errors: readonly { message: string }[]) => errors.map(({ message }) => message).join('; ');
