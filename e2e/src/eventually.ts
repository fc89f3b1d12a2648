const POLL_MS = 50;

/** Waits until `look` returns something; throws with what was waited for when it does not in time. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | undefined | false>,
  timeoutMs = 30_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let last: unknown;
  while (Date.now() < deadline) {
    try {
      const found = await look();
      if (found !== undefined && found !== false) return found;
    } catch (error) {
      last = error;
    }
    await new Promise((wait) => setTimeout(wait, POLL_MS));
  }
  throw new Error(`${what} did not happen within ${timeoutMs / 1000} s`, { cause: last });
}
