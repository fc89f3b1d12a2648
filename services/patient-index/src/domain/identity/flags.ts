/** What was wrong with what a hospital said, or must be guarded; `neverLinks`: no program links the patient, only a person does. */
export const FLAGS = {
  NEWBORN: { neverLinks: true, says: 'A newborn without a name, known by the mother.' },
  MULTIPLE_BIRTH: { neverLinks: false, says: 'One of twins or more: siblings share birth date and address.' },
  NAME_OF_NOBODY: { neverLinks: true, says: 'The name says that nobody knows who it is.' },
  TEST_NAME: { neverLinks: true, says: 'The name is of a test, a phantom or a demonstration.' },
  NAME_TRUNCATED: { neverLinks: false, says: 'The name ends where old systems cut names off.' },
  NAME_LOST_CHARACTERS: { neverLinks: false, says: 'Characters of the name were lost on the way.' },
  NAME_TOO_LONG: { neverLinks: false, says: 'The name was longer than any name, and cut.' },
  CHARSET_GUESSED: { neverLinks: false, says: 'The declared character set could not be right, so another was used.' },
  CONTROL_CHARACTERS: { neverLinks: false, says: 'There were characters that no text has; they were left out.' },
  BIRTH_DATE_IMPOSSIBLE: { neverLinks: false, says: 'The birth date is no day, or lies in the future.' },
  BIRTH_DATE_INCOMPLETE: { neverLinks: false, says: 'The birth date has a year, or year and month, only.' },
  BIRTH_DATE_PLACEHOLDER: { neverLinks: false, says: 'The birth date is what programs write when there is none.' },
  BIRTH_DATE_CONTRADICTS_ID: { neverLinks: false, says: 'The birth date is not the one within the resident id.' },
  SEX_CONTRADICTS_ID: { neverLinks: false, says: 'The sex is not the one within the resident id.' },
  NUMBER_OF_PARENT: { neverLinks: false, says: 'A child with the number of somebody a generation older.' },
  LOCAL_ID_PLACEHOLDER: {
    neverLinks: true,
    says: 'The hospital files whoever has no number under this one: they are many.',
  },
  NUMBER_PLACEHOLDER: { neverLinks: false, says: 'A number is what people write when there is none.' },
  NUMBER_CHECK_DIGIT: { neverLinks: false, says: 'A resident id has a wrong check digit.' },
  NUMBER_IMPOSSIBLE: { neverLinks: false, says: 'A number is not built as numbers of its kind are.' },
  SEVERAL_RESIDENT_IDS: { neverLinks: false, says: 'The patient has resident ids of several people.' },
  PHONE_PLACEHOLDER: { neverLinks: false, says: 'A telephone number is what people write when there is none.' },
} as const satisfies Record<string, { readonly neverLinks: boolean; readonly says: string }>;

export type Flag = keyof typeof FLAGS;

export const flagIf = (holds: boolean, flag: Flag): Flag[] => (holds ? [flag] : []);

export const neverLinks = (flags: readonly Flag[]): boolean => flags.some((flag) => FLAGS[flag].neverLinks);
