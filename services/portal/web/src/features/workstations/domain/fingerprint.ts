/**
 * SHA-256 of a certificate as 64 small hexadecimal digits, from how programs print it: with colons or spaces, in capital letters, behind
 * `sha256 Fingerprint=`. What is none comes back as it is.
 */
export function readFingerprint(text: string): string {
  const digits = text.replace(/^.*=/, '').replace(/[\s:]/g, '').toLowerCase();
  return isFingerprint(digits) ? digits : text.trim();
}

export const isFingerprint = (text: string) => /^[0-9a-f]{64}$/.test(text);

/** As `openssl` prints it. */
export const printedFingerprint = (digits: string) => (digits.toUpperCase().match(/../g) ?? []).join(':');

/** Its beginning and its end, by which it is known again. */
export const shortFingerprint = (digits: string) => {
  const printed = printedFingerprint(digits);
  return `${printed.slice(0, 11)}…${printed.slice(-8)}`;
};

/** The fingerprint of the first certificate of a file, in PEM or DER; undefined when there is none. */
export async function fingerprintOfFile(bytes: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  const [, base64] = /-----BEGIN CERTIFICATE-----([^-]+)-----END/.exec(new TextDecoder('latin1').decode(bytes)) ?? [];
  const der = base64 === undefined ? bytes : decoded(base64);
  // A certificate is a SEQUENCE whose length has two octets: anything between 256 bytes and 64 KiB.
  if (der === undefined || der[0] !== 0x30 || der[1] !== 0x82) return undefined;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', der));
  return Array.from(digest, (octet) => octet.toString(16).padStart(2, '0')).join('');
}

function decoded(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(base64.replace(/\s/g, '')), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
