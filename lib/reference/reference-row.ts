import { AppError } from "@/lib/domain/errors";
import { type Decimal, parseDecimal } from "@/lib/domain/money";
import { isPlainDate, type PlainDate } from "@/lib/domain/plain-date";

/** Where a reference row comes from. Every row has it; pages show it beside the figure that rests on the row. */
export interface Provenance {
  readonly source: string;
  /** Whether the row was read in the named source itself. Unverified rows are shown as such and never carry a decision alone. */
  readonly verified: boolean;
  /** Day the source was read; the file's own day where the row names none. */
  readonly checkedOn: PlainDate;
  readonly notes: string | null;
}

/** A shipped data file: when it was collected, what its collector wrote down, and its rows. */
export interface ReferenceFile {
  readonly name: string;
  readonly collectedOn: PlainDate;
  readonly notes: readonly string[];
  readonly rows: readonly ReferenceRow[];
}

/**
 * Opens a shipped JSON file. Throws internal when it is not what it says it is (no rows, or fewer than it announces): shipped data that was
 * cut must stop the process at start, not thin out a page.
 */
export function openReferenceFile(name: string, data: unknown): ReferenceFile {
  const file = new ReferenceRow(name, data);
  const collectedOn = file.date("collected_on");
  const records = file
    .list("records")
    .map((record, index) => new ReferenceRow(`${name} row ${index}`, record, collectedOn));
  const announced = file.number("record_count");
  if (records.length !== announced || announced === 0) {
    throw new AppError("internal", `reference data ${name}: ${records.length} rows, ${announced} announced`);
  }
  return { name, collectedOn, notes: file.texts("notes"), rows: records };
}

/** Narrow reader of one JSON object. Every accessor checks the type it promises and throws internal with file, row and field when it differs. */
export class ReferenceRow {
  readonly #where: string;
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #collectedOn: PlainDate | null;

  /** `collectedOn`: day on which the file was collected, for rows that name no day of their own. */
  constructor(where: string, value: unknown, collectedOn: PlainDate | null = null) {
    if (!isObject(value)) throw new AppError("internal", `reference data ${where}: not an object`);
    this.#where = where;
    this.#fields = value;
    this.#collectedOn = collectedOn;
  }

  get provenance(): Provenance {
    return {
      source: this.text("source"),
      verified: this.flag("verified"),
      checkedOn: this.optionalDate("checked_on") ?? this.#collectedOn ?? this.date("checked_on"),
      notes: this.optionalText("notes") ?? this.optionalText("note"),
    };
  }

  text(field: string): string {
    const value = this.#fields[field];
    if (typeof value !== "string" || value === "") throw this.#wrong(field, "a text");
    return value;
  }

  optionalText(field: string): string | null {
    return this.#isAbsent(field) ? null : this.text(field);
  }

  number(field: string): number {
    const value = this.#fields[field];
    if (typeof value !== "number" || !Number.isFinite(value)) throw this.#wrong(field, "a number");
    return value;
  }

  optionalNumber(field: string): number | null {
    return this.#isAbsent(field) ? null : this.number(field);
  }

  /** A decimal written as text: prices never pass through a binary float. */
  optionalDecimal(field: string): Decimal | null {
    return this.#isAbsent(field) ? null : parseDecimal(this.text(field));
  }

  flag(field: string): boolean {
    const value = this.#fields[field];
    if (typeof value !== "boolean") throw this.#wrong(field, "true or false");
    return value;
  }

  optionalFlag(field: string): boolean | null {
    return this.#isAbsent(field) ? null : this.flag(field);
  }

  date(field: string): PlainDate {
    const value = this.text(field);
    if (!isPlainDate(value)) throw this.#wrong(field, "a date");
    return value;
  }

  optionalDate(field: string): PlainDate | null {
    return this.#isAbsent(field) ? null : this.date(field);
  }

  /** One of a fixed list. */
  oneOf<const T extends string>(field: string, allowed: readonly T[]): T {
    const value = this.text(field);
    const found = allowed.find((candidate) => candidate === value);
    if (found === undefined) throw this.#wrong(field, `one of ${allowed.join(", ")}`);
    return found;
  }

  /** A list; empty when the field is absent. */
  list(field: string): readonly unknown[] {
    if (this.#isAbsent(field)) return [];
    const value = this.#fields[field];
    if (!Array.isArray(value)) throw this.#wrong(field, "a list");
    return value;
  }

  texts(field: string): readonly string[] {
    return this.list(field).map((value) => {
      if (typeof value !== "string") throw this.#wrong(field, "a list of texts");
      return value;
    });
  }

  rows(field: string): readonly ReferenceRow[] {
    return this.list(field).map(
      (value, index) => new ReferenceRow(`${this.#where} ${field}[${index}]`, value, this.#collectedOn),
    );
  }

  row(field: string): ReferenceRow {
    return new ReferenceRow(`${this.#where} ${field}`, this.#fields[field], this.#collectedOn);
  }

  /** The value as it is, for texts that are sometimes numbers in the data. */
  raw(field: string): unknown {
    return this.#fields[field];
  }

  #isAbsent(field: string): boolean {
    return this.#fields[field] === undefined || this.#fields[field] === null;
  }

  #wrong(field: string, expected: string): AppError {
    return new AppError(
      "internal",
      `reference data ${this.#where}: ${field} is not ${expected}: ${JSON.stringify(this.#fields[field])}`,
    );
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
