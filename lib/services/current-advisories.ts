import { createHash } from "node:crypto";
import type { Database } from "@/lib/db/client";
import { advisoryImportKeys, importedAdvisories } from "@/lib/db/reference-store";
import { type AdvisoryBook, advisoryBook, SHIPPED_ADVISORIES } from "@/lib/reference/advisories";

/** The last book made: pure code remembers what it worked out per book, so the same imports give the same object. */
let last: { key: string; book: AdvisoryBook } = { key: "", book: SHIPPED_ADVISORIES };

/** The advisories in force: the shipped ones and, beside them, those of imports that were not taken back; of one id the newest import counts. */
export async function currentAdvisories(db: Database): Promise<AdvisoryBook> {
  const imports = await advisoryImportKeys(db);
  const key = imports.map(({ id, sha256 }) => `${id} ${sha256}`).join(" ");
  if (key === "") return SHIPPED_ADVISORIES;
  if (last.key !== key) {
    const additions = createHash("sha256").update(key).digest("hex").slice(0, 16);
    last = { key, book: advisoryBook(await importedAdvisories(db), additions) };
  }
  return last.book;
}
