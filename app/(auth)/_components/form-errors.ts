import { ApiError } from "@/lib/queries/fetch-api";

/** What the server said about one field of a form. */
export function fieldError(error: unknown, field: string): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  return error.errors.find(({ path }) => path === field)?.message;
}

/** What the server said about the form as a whole: nothing where a field says it already. */
export function formError(error: unknown, fields: readonly string[]): string | undefined {
  if (!error || fields.some((field) => fieldError(error, field))) return undefined;
  return error instanceof Error ? error.message : "This did not work.";
}
