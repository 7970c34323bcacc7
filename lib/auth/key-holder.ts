import { LRUCache } from "lru-cache";
import type { WallClock } from "@/lib/domain/clock";
import { AppError } from "@/lib/domain/errors";
import type { PresentedKey } from "@/lib/domain/presented-key";
import { isSameHash, readKey } from "./api-key";

/** What the composition root hands in: the database is another room. */
export interface KeyStore {
  find(id: string): Promise<PresentedKey | null>;
  noteUse(id: string, at: Date, remote: string | null): Promise<void>;
  /** How often, in a quarter of an hour, something that is no key came from an address (`id` null), or a wrong secret of a key from there. */
  failures(remote: string | null, id: string | null): Promise<number>;
  /** Counts one more, and returns how many there are. */
  countFailure(remote: string | null, id: string | null): Promise<number>;
}

/** For so long a looked-up key is believed; one that was revoked is refused after that at the latest. */
const CACHE_MS = 3_000;
const CACHED_KEYS = 5_000;
const USE_NOTED_MS = 60_000;
/** Wrong keys from one address in a quarter of an hour. A key of which a wrong secret came as often is refused to that address, others are not. */
const MAX_FAILURES = 60;

/** Looks up who a presented key is. */
export interface KeyHolders {
  /** Throws unauthenticated for a key that is unknown, expired, revoked or without a creator who may sign in; rate-limited after too many that are none. */
  holderOf(text: string, remote: string | null): Promise<PresentedKey>;
  /** Forgets what was looked up, of this process. */
  forget(): void;
}

/** Keys with a short cache in front, and a limit on guessing. */
export function createKeyHolders({ store, wall }: { store: KeyStore; wall: WallClock }): KeyHolders {
  const cache = new LRUCache<string, { key: PresentedKey; until: number }>({ max: CACHED_KEYS });

  async function lookUp(text: string, remote: string | null): Promise<PresentedKey> {
    const presented = readKey(text);
    const key = presented && (await store.find(presented.id));
    if (!presented || !key) throw refusal(await store.countFailure(remote, null));
    if ((await store.failures(remote, key.id)) >= MAX_FAILURES) throw refusal(MAX_FAILURES);
    if (!isSameHash(key.secretHash, presented.hash)) throw refusal(await store.countFailure(remote, key.id));
    return key;
  }

  return {
    holderOf: async (text, remote) => {
      const cached = cache.get(text);
      const fresh = cached && cached.until > wall.monotonicMs() ? cached.key : null;
      const key = fresh ?? (await lookUp(text, remote));
      const now = wall.now();
      if (key.revokedAt) throw new AppError("unauthenticated", "This key was revoked.");
      if (key.expiresAt <= now) throw new AppError("unauthenticated", "This key has expired.");
      if (key.creator.disabled) {
        throw new AppError("unauthenticated", "Whoever made this key can no longer sign in, so it no longer works.");
      }
      if (!fresh) {
        if (!key.lastUsedAt || now.getTime() - key.lastUsedAt.getTime() >= USE_NOTED_MS) {
          await store.noteUse(key.id, now, remote);
        }
        cache.set(text, { key, until: wall.monotonicMs() + CACHE_MS });
      }
      return key;
    },
    forget: () => cache.clear(),
  };
}

function refusal(failures: number): AppError {
  if (failures < MAX_FAILURES) return new AppError("unauthenticated", "There is no such key.");
  return new AppError("rate-limited", "Too many wrong keys came from this address. Wait a quarter of an hour.", {
    details: { retryAfterSeconds: 900 },
  });
}
