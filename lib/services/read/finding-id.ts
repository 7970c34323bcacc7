import { AppError } from "@/lib/domain/errors";

/** The id of an address. Errors: not-found for what cannot be one. */
export function findingIdOf(text: string): number {
  const id = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (id === 0) throw new AppError("not-found", `There is no finding ${text}.`);
  return id;
}
