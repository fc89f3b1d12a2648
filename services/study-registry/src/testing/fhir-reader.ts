import type { Answer, RegistryService } from './registry-service.js';

type Person = Parameters<RegistryService['get']>[2];

/** Reads FHIR as a clinician does; keeps every answer, to be validated. */
export class FhirReader {
  readonly answers: { readonly asked: string; readonly body: unknown }[] = [];

  constructor(private readonly registry: RegistryService) {}

  async get(path: string, person: Person = {}, headers: Record<string, string> = {}): Promise<Answer> {
    const answer = await this.registry.get(`/fhir/${path}`, 'application/fhir+json', person, headers);
    return this.kept(`GET ${path}`, answer);
  }

  /** A study's manifest, which is a FHIR document too. */
  async manifest(studyUid: string): Promise<Answer> {
    const path = `/api/study-registry/studies/${studyUid}/manifest`;
    return this.kept(`GET ${path}`, await this.registry.get(path, 'application/fhir+json'));
  }

  /** As a form, so that nothing of it is in the address. */
  async search(
    parameters: Record<string, string>,
    person: Person = {},
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const token = await this.registry.issuer.personToken({
      subject: `dr.${person?.hospital ?? 'H001'}`,
      roles: ['clinician'],
      hospital: 'H001',
      ...person,
    });
    const answer = await this.registry.ask('POST', '/fhir/ImagingStudy/_search', {
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      },
      body: Buffer.from(new URLSearchParams(parameters).toString()),
    });
    return this.kept(`POST ${JSON.stringify(parameters)}`, answer);
  }

  private kept(asked: string, answer: Answer): Answer {
    if (answer.json !== null) this.answers.push({ asked, body: answer.json });
    return answer;
  }
}
