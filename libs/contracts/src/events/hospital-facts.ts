import { z } from 'zod';

/** A code or number as the hospital writes it. */
export const LocalCode = z.string().min(1).max(64);

/** How a hospital's order, and what was made of it, is found again; at least one of the three is there. */
export const OrderNumbers = z.object({
  accessionNumber: LocalCode.nullable().describe('Accession Number (0008,0050) that the images carry'),
  placerOrderNumber: LocalCode.nullable().describe('Number of the one who orders, the HIS (ORC-2)'),
  fillerOrderNumber: LocalCode.nullable().describe('Number of the one who performs, the RIS (ORC-3)'),
});

/** How far an exam may be known (HL7 v3 Confidentiality: N, R, V). */
export const Confidentiality = z.enum(['normal', 'restricted', 'very-restricted']);
export type Confidentiality = z.infer<typeof Confidentiality>;

export const ExamItem = z.object({
  localCode: LocalCode.nullable().describe("The hospital's own code of what is examined (OBR-4)"),
  localName: z.string().max(256).describe('What the hospital calls it; may be empty'),
  provincialCode: LocalCode.nullable().describe("Code in the province's catalogue; null when the hospital maps none"),
});
