import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

const ALGORITHM = "aes-256-gcm";
const VERSION = "v1";

/** A secret as it is stored: encrypted, or the name of the environment variable that holds it. */
export type KeptSecret = { sealed: string } | { variable: string };

/** A secret that cannot be read: another session secret sealed it, or somebody changed it. */
export class SecretUnreadable extends Error {
  override readonly name = "SecretUnreadable";
}

/** Encrypts a text (AES-256-GCM). `key`: 32 bytes; `use` binds it to its place, so that it opens nowhere else. */
export function seal(key: Uint8Array, use: string, text: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv(ALGORITHM, key, iv).setAAD(Buffer.from(use));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return [VERSION, ...[iv, cipher.getAuthTag(), sealed].map((part) => part.toString("base64url"))].join(".");
}

/** The text again. Throws SecretUnreadable. */
export function open(key: Uint8Array, use: string, sealed: string): string {
  const [version, iv, tag, text] = sealed.split(".");
  if (version !== VERSION || !iv || !tag || text === undefined) throw new SecretUnreadable("not a sealed text");
  try {
    const decipher = createDecipheriv(ALGORITHM, key, Buffer.from(iv, "base64url"), { authTagLength: 16 })
      .setAAD(Buffer.from(use))
      .setAuthTag(Buffer.from(tag, "base64url"));
    return Buffer.concat([decipher.update(Buffer.from(text, "base64url")), decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new SecretUnreadable("sealed with another secret", { cause });
  }
}

/** An id with a signature, for links: "id.signature". */
export function signId(key: Uint8Array, id: string): string {
  return `${id}.${mac(key, id)}`;
}

/** The id of a signed link; null where the signature is not ours. Takes the same time for every wrong one. */
export function signedId(key: Uint8Array, token: string): string | null {
  const [id, given, ...more] = token.split(".");
  if (!id || !given || more.length > 0) return null;
  const [wanted, had] = [Buffer.from(mac(key, id)), Buffer.from(given)];
  return wanted.length === had.length && timingSafeEqual(wanted, had) ? id : null;
}

function mac(key: Uint8Array, id: string): string {
  return createHmac("sha256", key).update(id).digest("base64url");
}
