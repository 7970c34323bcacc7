/** A key as it is stored, as signing in by it needs it: with what whoever made it may do now. */
export interface PresentedKey {
  id: string;
  kind: string;
  name: string;
  secretHash: string;
  role: string | null;
  query: string | null;
  expiresAt: Date;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
  ownerIds: readonly number[];
  creator: { role: string; disabled: boolean; ownerIds: readonly number[] };
}
