import type { LonePatientIndex } from './lone-patient-index.js';

const PAGE = 100;

/** Persons of whom stewards are asked whether they are the same, two by two: the whole queue, page by page. */
export async function openQuestions({
  address,
  issuer,
}: Pick<LonePatientIndex, 'address' | 'issuer'>): Promise<[string, string][]> {
  const token = await issuer.personToken({ subject: 'bench', roles: ['steward'], hospital: null });
  const questions: [string, string][] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const from = cursor === '' ? '' : `&cursor=${cursor}`;
    const response = await fetch(`${address}/api/patient-index/conflicts?limit=${PAGE}${from}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (!response.ok) throw new Error(`The queue answered ${response.status}`);
    const page: Page = JSON.parse(await response.text());
    for (const { person, otherPerson } of page.conflicts) {
      if (person !== null && otherPerson !== null) questions.push([person.personId, otherPerson.personId]);
    }
    cursor = page.nextCursor;
  }
  return questions;
}

interface Page {
  readonly conflicts: readonly {
    readonly person: { readonly personId: string } | null;
    readonly otherPerson: { readonly personId: string } | null;
  }[];
  readonly nextCursor: string | null;
}
