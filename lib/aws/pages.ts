import { createHash } from "node:crypto";
import { InvalidAnswerError } from "./failure";

/** More pages than any account has: an endpoint that invents a new token each time must not keep us for ever. */
const MAX_PAGES = 20_000;

/** Pages with nothing that an earlier one had not (empty ones, which AWS may send in between, are alike too): after so many the rest is the same. */
const MAX_REPEATED_PAGES = 50;

/** What came of reading a listing page by page: everything that arrived, and what stopped it before the end. */
export interface PagesRead<T> {
  pages: readonly T[];
  /** Null when the listing was read to its end. */
  stoppedBy: unknown;
}

/**
 * Reads a listing to its end, by hand: the SDK has paginators for some operations only, and endpoints may ignore the page-size hint. Never
 * rejects: what stopped it is told beside the pages that arrived. A token that comes twice is a defect of the endpoint and stops it too, as does
 * one that goes on for ever under ever new tokens.
 */
export async function readPages<T>(
  readPage: (nextToken: string | undefined) => Promise<{ page: T; nextToken: string | null | undefined }>,
): Promise<PagesRead<T>> {
  const pages: T[] = [];
  const seen = new Set<string>();
  const contents = new Set<string>();
  let token: string | undefined;
  try {
    do {
      const { page, nextToken } = await readPage(token);
      pages.push(page);
      token = nextToken || undefined;
      if (token !== undefined) {
        if (seen.has(token)) throw new InvalidAnswerError("a page token that was already used");
        if (pages.length >= MAX_PAGES) throw new InvalidAnswerError(`more than ${MAX_PAGES} pages`);
        seen.add(token);
        contents.add(contentOf(page));
        if (pages.length - contents.size > MAX_REPEATED_PAGES) {
          throw new InvalidAnswerError("the same pages again and again under new page tokens");
        }
      }
    } while (token !== undefined);
    return { pages, stoppedBy: null };
  } catch (error) {
    return { pages, stoppedBy: error };
  }
}

function contentOf(page: unknown): string {
  return createHash("sha1").update(JSON.stringify(page)).digest("base64");
}
