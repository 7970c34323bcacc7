import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import type { z } from "zod";
import { InvalidAnswerError } from "@/lib/aws/failure";
import { normalizeOfferFile } from "@/lib/aws/sources/price-list/offer-file";
import type { importInput, importResult } from "@/lib/contracts/reference";
import type { Database } from "@/lib/db/client";
import { storeListPrices } from "@/lib/db/list-price-store";
import { type ImportSummary, insertImport } from "@/lib/db/reference-store";
import { AppError } from "@/lib/domain/errors";
import { type PlainDate, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { type ImportKind, MAX_IMPORT_BYTES } from "@/lib/domain/reference-kind";
import { downloadText } from "@/lib/published/download-text";
import { parseAdvisories } from "@/lib/published/parse-advisories";
import { parseEndOfLife } from "@/lib/published/parse-endoflife";
import { findAdvisory, namesOf } from "@/lib/reference/advisories";
import { changeReference } from "@/lib/services/change-reference";
import type { Ctx } from "@/lib/services/ctx";
import { importItemOf } from "@/lib/services/read/read-reference-imports";

type Input = z.output<typeof importInput>;

/** What was read of a file, before anything is stored. */
interface Reading {
  content: unknown;
  summary: ImportSummary;
  /** What stands in tables of its own. */
  store?(tx: Database, at: Date): Promise<void>;
}

/**
 * Loads a published source from a file or an address. It stands beside the shipped rows: a calendar is compared with, advisories that are not shipped
 * are judged by (an evaluation follows), prices count from their own date on. Audited with origin and hash. Errors: invalid-input with what is wrong
 * about file or address; payload-too-large.
 */
export async function importReference({
  ctx,
  input,
  download = downloadText,
}: {
  ctx: Ctx;
  input: Input;
  /** Replaced in tests. */
  download?: (address: string) => Promise<Uint8Array>;
}): Promise<z.input<typeof importResult>> {
  const bytes = input.from === "address" ? await download(input.address) : bytesOf(input);
  const originName = input.from === "address" ? input.address : input.name;
  const { content, summary, store } = read(input.kind, jsonOf(bytes), {
    source: originName,
    verified: input.from === "address",
    checkedOn: plainDateFromInstantUtc(ctx.clock.now()),
  });
  const decides = input.kind === "advisories" ? "advisories-imported" : null;
  return changeReference(ctx, decides, async (tx, by) => {
    const row = {
      kind: input.kind,
      origin: input.from,
      originName,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      bytes: bytes.byteLength,
      summary,
      importedAt: by.at,
      importedBy: by.actor,
    };
    const id = await insertImport(tx, { ...row, content });
    await store?.(tx, by.at);
    return {
      result: importItemOf({ ...row, id, endedAt: null, endedBy: null, endedReason: null }),
      audit: {
        action: "reference.import",
        permission: "reference:import",
        subjectType: "reference-import",
        subjectKey: `${row.kind} ${row.originName}`,
        before: null,
        after: { id, origin: row.origin, sha256: row.sha256, rows: summary.rows, told: summary.told },
      },
    };
  });
}

function bytesOf({ encoding, content }: Extract<Input, { from: "file" }>): Uint8Array {
  const tooLarge = () => new AppError("payload-too-large", "The file is larger than 20 MB.");
  if (encoding === "text") {
    const bytes = Buffer.from(content, "utf8");
    if (bytes.byteLength > MAX_IMPORT_BYTES) throw tooLarge();
    return bytes;
  }
  try {
    return gunzipSync(Buffer.from(content, "base64"), { maxOutputLength: MAX_IMPORT_BYTES });
  } catch (cause) {
    if (cause instanceof RangeError) throw tooLarge();
    throw new AppError("invalid-input", "The content is not gzip in base64.", { cause, details: { field: "content" } });
  }
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new AppError("invalid-input", "The file is not JSON.", { cause });
  }
}

function read(
  kind: ImportKind,
  json: unknown,
  origin: { source: string; verified: boolean; checkedOn: PlainDate },
): Reading {
  switch (kind) {
    case "endoflife-activemq":
      return readCalendar(json, "amazon-mq-activemq");
    case "endoflife-rabbitmq":
      return readCalendar(json, "amazon-mq-rabbitmq");
    case "advisories":
      return readAdvisories(json, origin);
    case "price-list":
      return readPrices(json, origin.source);
  }
}

function readCalendar(json: unknown, product: string): Reading {
  const { lines, refused } = parseEndOfLife(json, product);
  return {
    content: lines,
    summary: {
      rows: lines.length,
      told: [`${counted(lines.length, "engine line")} compared with the support calendar; nothing was changed there.`],
      refused,
    },
  };
}

function readAdvisories(json: unknown, origin: Parameters<typeof parseAdvisories>[1]): Reading {
  const { advisories, refused } = parseAdvisories(json, origin);
  const added = advisories.filter((advisory) => !namesOf(advisory).some((name) => findAdvisory(name)));
  const shipped = advisories.length - added.length;
  const idle = added.filter(({ appliesToAmazonMq }) => !appliesToAmazonMq).length;
  return {
    content: advisories,
    summary: {
      rows: advisories.length,
      told: [
        `${counted(added.length - idle, "advisory", "advisories")} judged from now on that the product does not ship.`,
        ...(idle > 0
          ? [`${counted(idle, "advisory", "advisories")} kept that cannot concern a line of Amazon MQ.`]
          : []),
        ...(shipped > 0
          ? [
              `${counted(shipped, "advisory", "advisories")} shipped already: the shipped rows stay in force, differences are shown.`,
            ]
          : []),
      ],
      refused,
    },
  };
}

function readPrices(json: unknown, originName: string): Reading {
  try {
    const prices = normalizeOfferFile(json);
    if (prices.length === 0) throw new InvalidAnswerError("a file without on-demand prices");
    const published = prices
      .flatMap(({ publishedOn }) => publishedOn ?? [])
      .sort()
      .at(-1);
    return {
      content: [],
      summary: {
        rows: prices.length,
        told: [`${counted(prices.length, "price")} loaded${published ? `, published on ${published}` : ""}.`],
        refused: [],
      },
      store: (tx, at) => storeListPrices(tx, prices, `AWS price list, ${originName}`, at),
    };
  } catch (error) {
    if (!(error instanceof InvalidAnswerError)) throw error;
    throw new AppError("invalid-input", `This is ${error.message}.`, { cause: error });
  }
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
