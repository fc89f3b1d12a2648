import type { Scope } from '@yinglian/contracts';
import type { PatientIndexService } from './patient-index-service.js';

export interface FhirAnswer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: answers are compared whole in the specs
  readonly body: any;
}

/** Asks FHIR as a clinician of H002 does, or as a program of a hospital; keeps every answer, to be validated. */
export class FhirClient {
  readonly answers: { readonly asked: string; readonly body: unknown }[] = [];

  constructor(private readonly index: PatientIndexService) {}

  async get(path: string, headers: Record<string, string> = {}): Promise<FhirAnswer> {
    return this.ask('GET', path, undefined, { authorization: await this.clinician(), ...headers });
  }

  async post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<FhirAnswer> {
    return this.ask('POST', path, body, { authorization: await this.clinician(), ...headers });
  }

  /** As a form, so that nothing of it is in the address. */
  async search(parameters: Record<string, string>, headers: Record<string, string> = {}): Promise<FhirAnswer> {
    return this.post('Patient/_search', new URLSearchParams(parameters), headers);
  }

  async asProgram(
    method: string,
    path: string,
    body: unknown,
    { hospital = 'H001' as string | null, scopes = ['patients:write'] as readonly Scope[] } = {},
  ): Promise<FhirAnswer> {
    const token = await this.index.issuer.serviceToken({ clientId: `his-${hospital}`, scopes: [...scopes], hospital });
    return this.ask(method, path, body, { authorization: `Bearer ${token}` });
  }

  async ask(method: string, path: string, body: unknown, headers: Record<string, string> = {}): Promise<FhirAnswer> {
    const isForm = body instanceof URLSearchParams;
    const response = await fetch(`${this.index.service.address}/fhir/${path}`, {
      method,
      headers: { ...(body === undefined || isForm ? {} : { 'content-type': 'application/fhir+json' }), ...headers },
      ...(body === undefined ? {} : { body: isForm ? body : typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer = { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
    if (answer.body !== null) this.answers.push({ asked: `${method} ${path}`, body: answer.body });
    return answer;
  }

  private async clinician(): Promise<string> {
    const token = await this.index.issuer.personToken({
      subject: 'the.clinician',
      roles: ['clinician'],
      hospital: 'H002',
    });
    return `Bearer ${token}`;
  }
}
