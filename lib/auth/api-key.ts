import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** What every key begins with, so that programs which look for leaked secrets find it. */
const SCHEME = "mqs_";
const KEY = /^mqs_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;

/** A new key: `id` may be shown, `text` is told once, `hash` is what is kept. */
export interface NewKey {
  id: string;
  text: string;
  hash: string;
}

/** Makes a key: 48 random bits name it, 256 prove it. With `id` a new secret for a key that there is. */
export function makeKey(id = randomBytes(6).toString("hex")): NewKey {
  const secret = randomBytes(32).toString("base64url");
  return { id, text: `${SCHEME}${id}_${secret}`, hash: hashOf(secret) };
}

/** Id and hash of a presented key; null where it is none. */
export function readKey(text: string): { id: string; hash: string } | null {
  const [, id, secret] = KEY.exec(text) ?? [];
  return id && secret ? { id, hash: hashOf(secret) } : null;
}

/** Whether two hashes are the same, in a time that does not tell where they differ. */
export function isSameHash(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a, "hex"), Buffer.from(b, "hex")];
  return left.length === right.length && left.length > 0 && timingSafeEqual(left, right);
}

/** A single hash is enough: nobody guesses 256 random bits, however fast he hashes. */
function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** The key of an Authorization header, well-formed or not; null where it brings none of ours. */
export function bearerKey(authorization: string | null): string | null {
  const [, token = ""] = /^bearer +(\S+) *$/i.exec(authorization ?? "") ?? [];
  return token.startsWith(SCHEME) ? token : null;
}
