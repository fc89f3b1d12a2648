import { SignInMethod } from '@yinglian/contracts';
import { z } from 'zod';

/** What the sign-in pages hand to the provider with the result of an interaction. Times are ms since the epoch. */
const Proof = z.object({
  methods: z.array(SignInMethod),
  at: z.number(),
  secondFactorAt: z.number().nullable(),
});
export type Proof = z.output<typeof Proof>;

/** Undefined while there is no result, or one that proves nothing. */
export function proofIn(result: unknown): Proof | undefined {
  return z.object({ proof: Proof }).safeParse(result).data?.proof;
}
